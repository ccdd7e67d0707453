package org.wengert.train.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.wengert.tensor.OptionException;
import org.wengert.tensor.Rng;
import org.wengert.tensor.Tensor;

class SplitTest {
  /// 45 samples of class 0 and 5 of class 1, as in scikit-learn's guide to cross-validation.
  private static final long[] UNEQUAL = IntStream.range(0, 50).mapToLong(i -> i / 45).toArray();

  private static int[] everything(Split split) {
    return IntStream.concat(Arrays.stream(split.train()), Arrays.stream(split.test()))
        .sorted()
        .toArray();
  }

  private static String counts(Split split) {
    return counts(split.train()) + " | " + counts(split.test());
  }

  private static String counts(int[] part) {
    long rare = Arrays.stream(part).filter(i -> UNEQUAL[i] == 1).count();
    return (part.length - rare) + " " + rare;
  }

  /// The sizes of scikit-learn's example: of 5 samples with `test_size=0.33`, 3 and 2.
  @Test
  void theTestPartIsRoundedUp() {
    Split split = Split.trainTestSplit(5, 0.33, 42);
    assertEquals("Split[3 to learn from, 2 to be tested on]", split.toString());
    assertEquals(30, Split.trainTestSplit(100, 0.3, 0).test().length);
    assertArrayEquals(split.test(), Split.trainTestSplit(5, 0.33, 42).test());
  }

  @Property(tries = 100)
  void everySampleIsInOnePart(
      @ForAll @IntRange(min = 2, max = 200) int size,
      @ForAll @DoubleRange(min = 0.01, max = 0.5) double share,
      @ForAll long seed) {
    assertArrayEquals(
        IntStream.range(0, size).toArray(), everything(Split.trainTestSplit(size, share, seed)));
  }

  @Property(tries = 100)
  void stratifiedPartsHaveEachClassInProportion(
      @ForAll @IntRange(min = 2, max = 40) int first,
      @ForAll @IntRange(min = 2, max = 40) int second,
      @ForAll @IntRange(min = 2, max = 40) int third,
      @ForAll @DoubleRange(min = 0.34, max = 0.5) double share,
      @ForAll long seed) {
    int size = first + second + third;
    int[] order = Sampler.shuffled().order(size, new Rng(seed));
    Tensor labels =
        Tensor.of(
            Arrays.stream(order)
                .mapToLong(i -> i < first ? -7 : i < first + second ? 0 : 12)
                .toArray());
    if (Math.ceil(share * size) < 3 || size - Math.ceil(share * size) < 3) {
      return;
    }
    Split split = Split.trainTestSplit(labels, share, seed);
    assertArrayEquals(IntStream.range(0, size).toArray(), everything(split));
    assertEquals((int) Math.ceil(share * size), split.test().length);
    long[] trained = split.train(labels).toLongArray();
    double part = (double) trained.length / size;
    assertEquals(first * part, Arrays.stream(trained).filter(c -> c == -7).count(), 1);
    assertEquals(second * part, Arrays.stream(trained).filter(c -> c == 0).count(), 1);
    assertEquals(third * part, Arrays.stream(trained).filter(c -> c == 12).count(), 1);
  }

  /// scikit-learn's example for `KFold`.
  @Test
  void foldsAreOneBehindTheOther() {
    List<Split> folds = Split.kFold(4, 2);
    assertArrayEquals(new int[] {2, 3}, folds.get(0).train());
    assertArrayEquals(new int[] {0, 1}, folds.get(0).test());
    assertArrayEquals(new int[] {0, 1}, folds.get(1).train());
    assertArrayEquals(new int[] {2, 3}, folds.get(1).test());
    List<Integer> sizes = Split.kFold(11, 4).stream().map(f -> f.test().length).toList();
    assertEquals(List.of(3, 3, 3, 2), sizes);
  }

  /// scikit-learn's example for `StratifiedKFold`.
  @Test
  void stratifiedFoldsAreFilledInOrder() {
    List<Split> folds = Split.stratifiedKFold(Tensor.of(0L, 0L, 1L, 1L), 2);
    assertArrayEquals(new int[] {1, 3}, folds.get(0).train());
    assertArrayEquals(new int[] {0, 2}, folds.get(0).test());
    assertArrayEquals(new int[] {0, 2}, folds.get(1).train());
    assertArrayEquals(new int[] {1, 3}, folds.get(1).test());
  }

  /// The counts printed in scikit-learn's guide.
  @Test
  void stratifiedFoldsKeepTheShareOfARareClassAndOthersDoNot() {
    assertEquals(
        List.of("30 3 | 15 2", "30 3 | 15 2", "30 4 | 15 1"),
        Split.stratifiedKFold(Tensor.of(UNEQUAL), 3).stream().map(SplitTest::counts).toList());
    assertEquals(
        List.of("30 3 | 15 2", "30 3 | 15 2", "30 4 | 15 1"),
        Split.stratifiedKFold(Tensor.of(UNEQUAL), 3, 9).stream().map(SplitTest::counts).toList());
    assertEquals(
        List.of("28 5 | 17 0", "28 5 | 17 0", "34 0 | 11 5"),
        Split.kFold(50, 3).stream().map(SplitTest::counts).toList());
  }

  @Test
  void aSeedPutsSamplesIntoAnotherOrderAndEachIsTestedOnOnce() {
    assertFalse(Arrays.equals(Split.kFold(50, 5).get(0).test(), fold(1)));
    assertFalse(Arrays.equals(fold(2), fold(1)));
    assertArrayEquals(fold(1), fold(1));
    int[] tested =
        Split.kFold(50, 7, 3).stream()
            .flatMapToInt(f -> Arrays.stream(f.test()))
            .sorted()
            .toArray();
    assertArrayEquals(IntStream.range(0, 50).toArray(), tested);
    Split.stratifiedKFold(Tensor.of(UNEQUAL), 3, 5)
        .forEach(f -> assertArrayEquals(IntStream.range(0, 50).toArray(), everything(f)));
  }

  private static int[] fold(long seed) {
    return Split.kFold(50, 5, seed).get(0).test();
  }

  @Test
  void datasetsAndTensorsAreDividedAlike() {
    TensorDataset<Sample> data = TensorDataset.of(Tensor.arange(10), Tensor.arange(10));
    Split split = Split.trainTestSplit(10, 0.3, 1);
    assertTrue(split.test(data).all().input().sameBits(split.test(Tensor.arange(10))));
    assertTrue(split.train(data).all().input().sameBits(split.train(Tensor.arange(10))));
    Dataset<Sample> mapped = data.map(s -> s);
    assertEquals(7, split.train(mapped).size());
    assertEquals(3, split.test(mapped).size());
  }

  @Test
  void whatCannotBeDividedIsRefused() {
    refused(
        "testSize is 1.0\n  hint: give the share of the samples to be tested on, above 0 and below"
            + " 1",
        () -> Split.trainTestSplit(5, 1, 0));
    refused(
        "of 1 samples, 1 are tested on, none is left\n  hint: take more samples or a smaller"
            + " testSize",
        () -> Split.trainTestSplit(1, 0.25, 0));
    refused(
        "class 4 has 1 sample\n  hint: each part needs one: collect more, or leave the class out",
        () -> Split.trainTestSplit(Tensor.of(3L, 3L, 4L), 0.5, 0));
    refused(
        "parts of 5 and 1 for 2 classes\n  hint: each part needs a sample of each class: change"
            + " testSize",
        () -> Split.trainTestSplit(Tensor.of(3L, 3L, 3L, 3L, 4L, 4L), 0.1, 0));
    refused(
        "4 folds of 3 samples\n  hint: take at least 2 folds, and no more than there are samples",
        () -> Split.kFold(3, 4));
    refused(
        "3 folds of 2 samples of the largest class\n  hint: take at least 2 folds, and no more than"
            + " there are samples of the largest class",
        () -> Split.stratifiedKFold(Tensor.of(0L, 0L, 1L, 1L), 3));
  }

  private static void refused(String message, Runnable work) {
    assertEquals(message, assertThrows(OptionException.class, work::run).getMessage());
  }
}
