package org.wengert.train;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class RecordsTest {
  private final Records records = new Records(List.of(), List.of(), 8);

  private static StepReport step(long number) {
    return new StepReport(number, 1, 1, 1, 4, 0.5, number * 0.1, Double.NaN);
  }

  private static List<Long> numbers(Records records) {
    return records.history("").steps().stream().map(StepReport::step).toList();
  }

  @Test
  void stepsAreThinnedOutEvenlyAndTheLastIsAlwaysThere() {
    LongStream.rangeClosed(1, 8).forEach(n -> records.add(step(n)));
    assertEquals(List.of(1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L), numbers(records));
    records.add(step(9));
    assertEquals(List.of(1L, 3L, 5L, 7L, 9L), numbers(records));
    records.add(step(10));
    assertEquals(List.of(1L, 3L, 5L, 7L, 9L, 10L), numbers(records));
    assertEquals(1.0, records.lastRate());
    LongStream.rangeClosed(11, 1000).forEach(n -> records.add(step(n)));
    assertEquals(List.of(1L, 257L, 513L, 769L, 1000L), numbers(records));
  }

  @Test
  void aResumedTrainingThinsThemInTheSameWay() {
    for (long stop : new long[] {3, 8, 9, 20, 77}) {
      Records whole = new Records(List.of(), List.of(), 8);
      Records first = new Records(List.of(), List.of(), 8);
      LongStream.rangeClosed(1, stop).forEach(n -> first.add(step(n)));
      Records second = new Records(List.of(), List.of(), 8);
      second.loadStateDict(first.stateDict());
      LongStream.rangeClosed(stop + 1, 100).forEach(n -> second.add(step(n)));
      LongStream.rangeClosed(1, 100).forEach(n -> whole.add(step(n)));
      assertEquals(numbers(whole), numbers(second), "stopped after " + stop);
    }
  }
}
