package org.wengert.train.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.wengert.tensor.OptionException;
import org.wengert.tensor.Rng;
import org.wengert.tensor.Tensor;

class SamplerTest {
  private static final double[] WEIGHTS = {1, 0, 2, 5};

  /// Within five standard deviations of a binomial distribution.
  private static void assertShare(double p, long hits, int draws) {
    double spread = 5 * Math.sqrt(draws * p * (1 - p));
    assertTrue(Math.abs(hits - draws * p) <= spread, hits + " of " + draws + " for p = " + p);
  }

  private static long count(int[] numbers, int wanted) {
    return Arrays.stream(numbers).filter(i -> i == wanted).count();
  }

  @Test
  void weightsAreProbabilitiesIfSamplesMayComeAgain() {
    int[] order = Sampler.weighted(WEIGHTS, 4000).order(4, new Rng(1));
    assertEquals(4000, order.length);
    assertEquals(0, count(order, 1));
    assertShare(1 / 8.0, count(order, 0), 4000);
    assertShare(2 / 8.0, count(order, 2), 4000);
    assertShare(5 / 8.0, count(order, 3), 4000);
  }

  /// First 3 with 5/8; then 2 before 0 with 2/3 of these cases, and so on.
  @Test
  void withoutReplacementSamplesAreDrawnOneAfterTheOtherFromThoseLeft() {
    Sampler sampler = Sampler.weightedWithoutReplacement(WEIGHTS, 2);
    Rng random = new Rng(2);
    int[] pairs = new int[16];
    for (int i = 0; i < 4000; i++) {
      int[] order = sampler.order(4, random);
      pairs[4 * order[0] + order[1]]++;
    }
    assertShare(5 / 8.0 * 2 / 3, pairs[4 * 3 + 2], 4000);
    assertShare(5 / 8.0 * 1 / 3, pairs[4 * 3 + 0], 4000);
    assertShare(2 / 8.0 * 5 / 6, pairs[4 * 2 + 3], 4000);
    assertShare(2 / 8.0 * 1 / 6, pairs[4 * 2 + 0], 4000);
    assertShare(1 / 8.0 * 5 / 7, pairs[4 * 0 + 3], 4000);
    assertShare(1 / 8.0 * 2 / 7, pairs[4 * 0 + 2], 4000);
  }

  @Test
  void balancedDrawsEachClassEquallyOften() {
    Tensor labels = Tensor.of(7L, 7L, 7L, 7L, 7L, 7L, 7L, 3L);
    Sampler sampler = Sampler.balanced(labels);
    assertEquals(8, sampler.count(8));
    Rng random = new Rng(3);
    long rare = IntStream.range(0, 500).mapToLong(i -> count(sampler.order(8, random), 7)).sum();
    assertShare(0.5, rare, 4000);
  }

  @Test
  void shufflingMakesEveryOrderEquallyLikely() {
    Rng random = new Rng(4);
    int[] hits = new int[27];
    for (int i = 0; i < 6000; i++) {
      int[] order = Sampler.shuffled().order(3, random);
      hits[9 * order[0] + 3 * order[1] + order[2]]++;
    }
    int[] possible = Arrays.stream(hits).filter(h -> h > 0).toArray();
    assertEquals(6, possible.length);
    Arrays.stream(possible).forEach(h -> assertShare(1 / 6.0, h, 6000));
  }

  @Test
  void sequentialIsTheOrderOfTheNumbers() {
    assertArrayEquals(new int[] {0, 1, 2}, Sampler.sequential().order(3, new Rng(1)));
  }

  @Test
  void weightsThatSayNothingAreRefused() {
    refused(
        "sample 1 has the weight -1.0\n  hint: weights are finite numbers, 0 or more",
        () -> Sampler.weighted(new double[] {1, -1}, 1));
    refused(
        "sample 0 has the weight NaN\n  hint: weights are finite numbers, 0 or more",
        () -> Sampler.weighted(new double[] {Double.NaN}, 1));
    refused(
        "1 samples of 0 that have a weight above 0\n  hint: give a sample some weight",
        () -> Sampler.weighted(new double[] {0, 0}, 1));
    refused(
        "4 samples of 3 that have a weight above 0\n  hint: take fewer, or with replacement",
        () -> Sampler.weightedWithoutReplacement(WEIGHTS, 4));
    refused("an epoch of 0 samples\n  hint: take at least 1", () -> Sampler.weighted(WEIGHTS, 0));
    refused(
        "the sum of the weights is too large\n  hint: scale them down",
        () -> Sampler.weighted(new double[] {1e308, 1e308}, 1));
    refused(
        "4 weights for a dataset of 5 samples\n  hint: each sample has a weight; 0 leaves it out",
        () -> Sampler.weighted(WEIGHTS, 4).count(5));
    refused(
        "labels are FLOAT64 (2)\n  hint: give one whole number for each sample, the class it belongs"
            + " to",
        () -> Sampler.balanced(Tensor.of(1.0, 2.0)));
  }

  private static void refused(String message, Runnable work) {
    assertEquals(message, assertThrows(OptionException.class, work::run).getMessage());
  }

  @Test
  void runsAreShuffledOneByOne() {
    int[] order = Sampler.shuffledWithin(4).order(10, new Rng(3));
    for (int i = 0; i < 10; i++) {
      assertEquals(i / 4, order[i] / 4);
    }
    assertEquals(10, Arrays.stream(order).distinct().count());
    int[] whole = Sampler.shuffledWithin(100).order(10, new Rng(3));
    assertArrayEquals(Sampler.shuffled().order(10, new Rng(3)), whole);
    assertEquals(
        "runs of 0 samples\n  hint: take 1 or more",
        assertThrows(OptionException.class, () -> Sampler.shuffledWithin(0)).getMessage());
  }
}
