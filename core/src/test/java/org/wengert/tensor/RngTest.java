package org.wengert.tensor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.function.DoubleSupplier;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class RngTest {
  private static final long[] OF_42 = {
    -4767286540954276203L,
    2949826092126892291L,
    5139283748462763858L,
    6349198060258255764L,
    701532786141963250L
  };

  private static long[] five(Rng rng) {
    return new long[] {
      rng.nextLong(), rng.nextLong(), rng.nextLong(), rng.nextLong(), rng.nextLong()
    };
  }

  @Test
  void theNumbersAreThoseOfSplitMix64() {
    assertArrayEquals(OF_42, five(new Rng(42)));
  }

  @Test
  void aStateContinuesWhereItWasTaken() {
    Rng rng = new Rng(42);
    rng.nextLong();
    assertEquals(OF_42[1], new Rng(rng.state()).nextLong());
  }

  @Test
  void aSeedRestartsTheThreadsGenerator() {
    Rng.seed(42);
    assertArrayEquals(OF_42, five(Rng.current()));
    Rng.seed(7);
    Tensor first = Tensor.randn(3, 4);
    Rng.seed(7);
    assertTrue(first.sameBits(Tensor.randn(3, 4)));
  }

  @Test
  void threadsDoNotDisturbEachOther() {
    Rng.seed(42);
    long first = Rng.current().nextLong();
    Rng other =
        CompletableFuture.supplyAsync(
                () -> {
                  Rng.seed(1);
                  Rng.current().nextLong();
                  return Rng.current();
                },
                task -> Thread.ofPlatform().start(task))
            .join();
    assertNotSame(other, Rng.current());
    assertArrayEquals(
        new long[] {OF_42[0], OF_42[1]}, new long[] {first, Rng.current().nextLong()});
  }

  @Test
  void normalNumbersHaveTheNormalMoments() {
    Rng rng = new Rng(1);
    int n = 200_000;
    double[] moments = new double[5];
    for (int i = 0; i < n; i++) {
      double x = Rng.normal(rng);
      for (int k = 1; k <= 4; k++) {
        moments[k] += Math.pow(x, k) / n;
      }
    }
    // Five standard errors of the k-th moment: sqrt((E x²ᵏ - (E xᵏ)²) / n).
    assertEquals(0, moments[1], 5 * Math.sqrt(1.0 / n));
    assertEquals(1, moments[2], 5 * Math.sqrt(2.0 / n));
    assertEquals(0, moments[3], 5 * Math.sqrt(15.0 / n));
    assertEquals(3, moments[4], 5 * Math.sqrt(96.0 / n));
  }

  @Test
  void uniformNumbersLieBelowOne() {
    Tensor x = Tensor.rand(Shape.of(1000), DType.FLOAT32, new Rng(3));
    double sum = 0;
    for (double value : x.toDoubleArray()) {
      assertTrue(value >= 0 && value < 1);
      sum += value;
    }
    assertEquals(0.5, sum / 1000, 5 * Math.sqrt(1.0 / 12 / 1000));
  }

  private static final int[] COUNTS = {0, 1, 2, 127, 128, 129, 255, 256, 257, 1000};

  private static List<RandomGenerator> generators() {
    return List.of(new Rng(5), new SplittableRandom(5));
  }

  @Test
  void manyNumbersAtOnceAreThoseOfManyCalls() {
    for (int count : COUNTS) {
      for (int g = 0; g < generators().size(); g++) {
        RandomGenerator one = generators().get(g);
        RandomGenerator all = generators().get(g);
        Shape shape = Shape.of(count);
        Tensor floats = Tensor.rand(shape, DType.FLOAT32, all);
        Tensor doubles = Tensor.rand(shape, DType.FLOAT64, all);
        Tensor normals = Tensor.randn(shape, DType.FLOAT32, all);
        assertSame(floats, one::nextFloat);
        assertSame(doubles, one::nextDouble);
        assertSame(normals, () -> (float) Rng.normal(one));
        assertEquals(one.nextLong(), all.nextLong());
      }
    }
  }

  @Test
  void aMaskHasAZeroWhereverANumberIsSmaller() {
    for (DType type : List.of(DType.FLOAT32, DType.FLOAT64)) {
      double value = type == DType.FLOAT32 ? 1.1f : 1.1;
      for (double p : new double[] {0, 1e-300, 0.1, 0.3, 0.5, 1 - 0x1p-53, 1}) {
        for (int g = 0; g < generators().size(); g++) {
          RandomGenerator one = generators().get(g);
          RandomGenerator all = generators().get(g);
          Tensor mask = Rng.mask(Shape.of(300), p, 1.1, type, all);
          assertSame(mask, () -> one.nextDouble() < p ? 0 : value);
          assertEquals(one.nextLong(), all.nextLong());
        }
      }
    }
    double some = new Rng(5).nextDouble();
    assertEquals(1, Rng.mask(Shape.of(1), some, 1, DType.FLOAT32, new Rng(5)).item());
    double next = Math.nextUp(some);
    assertEquals(0, Rng.mask(Shape.of(1), next, 1, DType.FLOAT32, new Rng(5)).item());
  }

  private static void assertSame(Tensor actual, DoubleSupplier expected) {
    for (double number : actual.toDoubleArray()) {
      assertEquals(expected.getAsDouble(), number);
    }
  }

  @Test
  void aMaskOfANegativeOrInfiniteValueIsRefused() {
    for (double value : new double[] {-2, Double.POSITIVE_INFINITY, Double.NaN}) {
      OptionException e =
          assertThrows(
              OptionException.class,
              () -> Rng.mask(Shape.of(3), .5, value, DType.FLOAT32, new Rng(1)));
      assertTrue(e.getMessage().contains("a mask of the value " + value), e.getMessage());
    }
  }
}
