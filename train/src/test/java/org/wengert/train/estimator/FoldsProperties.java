package org.wengert.train.estimator;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.wengert.tensor.OptionException;
import org.wengert.tensor.Rng;

class FoldsProperties {
  private static long count(int[] samples, int[] strata, int stratum) {
    return Arrays.stream(samples).filter(i -> strata[i] == stratum).count();
  }

  @Property(tries = 200)
  void everySampleIsInOnePartAndEveryStratumInEachByItsShare(
      @ForAll long seed,
      @ForAll @IntRange(min = 7, max = 60) int samples,
      @ForAll @IntRange(min = 2, max = 7) int folds,
      @ForAll boolean shuffled) {
    int[] strata = new Random(seed).ints(samples, 0, 4).toArray();
    List<int[]> parts = Folds.of(strata, folds, shuffled ? new Rng(seed) : null);
    assertEquals(folds, parts.size());
    int[] all = parts.stream().flatMapToInt(Arrays::stream).sorted().toArray();
    assertArrayEquals(IntStream.range(0, samples).toArray(), all);
    for (int[] part : parts) {
      assertTrue(part.length == samples / folds || part.length == Math.ceilDiv(samples, folds));
      assertEquals(samples - part.length, Folds.without(samples, part).length);
      for (int stratum = 0; stratum < 4; stratum++) {
        double share = (double) count(all, strata, stratum) / folds;
        assertEquals(share, count(part, strata, stratum), 1 - 1e-9);
      }
    }
  }

  @Property(tries = 100)
  void aSampleHasItsShareOfEveryStratum(
      @ForAll long seed, @ForAll @IntRange(min = 10, max = 60) int samples) {
    int[] strata = new Random(seed).ints(samples, 0, 3).toArray();
    int[] chosen = Folds.sample(strata, 0.3, new Rng(seed));
    assertEquals((int) Math.ceil(0.3 * samples), Arrays.stream(chosen).distinct().count());
    for (int stratum = 0; stratum < 3; stratum++) {
      long own = count(IntStream.range(0, samples).toArray(), strata, stratum);
      assertEquals(0.3 * own, count(chosen, strata, stratum), 2);
    }
  }

  /// scikit-learn's `KFold`, in order: the first `n mod k` parts have one more.
  @Example
  void oneStratumIsCutIntoBlocks() {
    List<int[]> parts = Folds.of(new int[7], 3, null);
    assertArrayEquals(new int[] {0, 1, 2}, parts.get(0));
    assertArrayEquals(new int[] {3, 4}, parts.get(1));
    assertArrayEquals(new int[] {5, 6}, parts.get(2));
  }

  /// The example of scikit-learn's `StratifiedKFold`: test parts (0, 2) and (1, 3).
  @Example
  void twoStrataAreDividedAsPublished() {
    List<int[]> parts = Folds.of(new int[] {0, 0, 1, 1}, 2, null);
    assertArrayEquals(new int[] {0, 2}, parts.get(0));
    assertArrayEquals(new int[] {1, 3}, parts.get(1));
  }

  @Example
  void partsAreNoMoreThanSamples() {
    assertEquals(
        "5 parts of 4 samples\n  hint: take at least 2 parts, and at most as many as samples",
        assertThrows(OptionException.class, () -> Folds.of(new int[4], 5, null)).getMessage());
    assertThrows(OptionException.class, () -> CrossValidation.defaults().folds(1));
  }
}
