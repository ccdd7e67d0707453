package org.wengert.train.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.wengert.tensor.Tensor;

class DataLoaderTest {
  private static final Dataset<Sample> NUMBERS =
      Dataset.of(
          IntStream.range(0, 10)
              .mapToObj(i -> new Sample(Tensor.of(i, 2.0 * i), Tensor.of((long) i)))
              .toList());

  private static List<String> epoch(DataLoader<Sample> loader) {
    List<String> batches = new ArrayList<>();
    loader.forEach(batch -> batches.add(batch.input() + " " + batch.target()));
    return batches;
  }

  @Test
  void samplesGetOneMoreAxisInFront() {
    var options = DataLoader.Options.defaults().batchSize(4).shuffle(false);
    DataLoader<Sample> loader = DataLoader.of(NUMBERS, options);
    Sample first = loader.iterator().next();
    assertEquals("(4, 2)", first.input().shape().toString());
    assertEquals("(4)", first.target().shape().toString());
    assertEquals(3, loader.batches());
    assertEquals(2, DataLoader.of(NUMBERS, options.dropLast(true)).batches());
  }

  @Test
  void aSeedGivesTheSameBatchesAndEachEpochOthers() {
    var options = DataLoader.Options.defaults().batchSize(3).seed(7);
    DataLoader<Sample> one = DataLoader.of(NUMBERS, options);
    DataLoader<Sample> other = DataLoader.of(NUMBERS, options);
    List<String> first = epoch(one);
    assertEquals(first, epoch(other));
    List<String> second = epoch(one);
    assertNotEquals(first, second);
    assertEquals(second, epoch(other));
    assertNotEquals(first, epoch(DataLoader.of(NUMBERS, options.seed(8))));
  }
}
