package org.wengert.backend.plain;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.wengert.backend.Backend;
import org.wengert.backend.Backends;
import org.wengert.backend.Window;
import org.wengert.tensor.DType;
import org.wengert.tensor.Rng;
import org.wengert.tensor.Shape;
import org.wengert.tensor.Tensor;

/// Winograd's tiles compute what the definition of a convolution says.
class WinogradTilesTest {
  private static final List<Window> PADDED =
      List.of(Window.sliding(28, 3, 1, 1, 1, 28), Window.sliding(31, 3, 1, 1, 1, 31));

  private static double[] wholeNumbers(int count, int seed) {
    Rng random = new Rng(seed);
    double[] numbers = new double[count];
    for (int i = 0; i < count; i++) {
      numbers[i] = random.nextInt(41) - 20;
    }
    return numbers;
  }

  private static double[] product(double[] a, double[] b) {
    double[] c = new double[a.length];
    for (int i = 0; i < c.length; i++) {
      c[i] = a[i] * b[i];
    }
    return c;
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (double number : product(a, b)) {
      sum += number;
    }
    return sum;
  }

  @Test
  void aTileOfWholeNumbersIsExact() {
    double[] d = wholeNumbers(16, 1);
    double[] g = wholeNumbers(9, 2);
    double[] expected = new double[4];
    for (int i = 0; i < 4; i++) {
      for (int k = 0; k < 9; k++) {
        expected[i] += g[k] * d[(i / 2 + k / 3) * 4 + i % 2 + k % 3];
      }
      expected[i] += 7;
    }
    double[] products = product(WinogradTiles.WEIGHT.values(g), WinogradTiles.OPERAND.values(d));
    assertArrayEquals(expected, WinogradTiles.RESULT.values(products, 7));
  }

  @Test
  void theGradientOfAKernelIsTheAdjoint() {
    double[] d = WinogradTiles.OPERAND.values(wholeNumbers(16, 3));
    double[] g = wholeNumbers(9, 4);
    double[] y = wholeNumbers(4, 5);
    double[] results = WinogradTiles.RESULT.values(product(WinogradTiles.WEIGHT.values(g), d), 0);
    double[] slopes = product(WinogradTiles.GRADIENT.values(y), d);
    assertEquals(dot(y, results), dot(g, WinogradTiles.WEIGHT_GRADIENT.values(slopes)));
  }

  @Test
  void kernelsOfThreeByThreeWithManyChannelsAreComputedInTiles() {
    int many = WinogradTiles.FEWEST;
    Shape y = Shape.of(1, many, 28, 31);
    assertTrue(WinogradTiles.suit(PADDED, 1, many, y));
    assertFalse(WinogradTiles.suit(PADDED, 2, many, y));
    assertFalse(WinogradTiles.suit(PADDED, 1, 1 << 14, y.with(1, 1 << 13)), "2³¹ weights");
    assertFalse(WinogradTiles.suit(PADDED, 1, many - 1, y));
    assertFalse(WinogradTiles.suit(PADDED, 1, many, y.with(1, many - 1)));
    assertFalse(WinogradTiles.suit(PADDED, 1, many, y.with(0, 0)));
    assertFalse(WinogradTiles.suit(PADDED, 1, many, y.with(3, WinogradTiles.SHORTEST - 1)));
    List<Window> apart =
        List.of(Window.sliding(56, 3, 2, 1, 1, 28), Window.sliding(31, 3, 1, 1, 1, 31));
    assertFalse(WinogradTiles.suit(apart, 1, many, y));
  }

  @Test
  void anInfinityReachesTheResultsWhoseWindowHoldsItAndMostlyAsNoNumber() {
    Tensor w = Tensor.ones(64, 64, 3, 3);
    for (int place : new int[] {9, 10}) {
      Tensor x = Tensor.ones(1, 64, 28, 31);
      x.storage().put(place * 31 + place, Double.POSITIVE_INFINITY);
      Tensor y = Backends.current().convolution(x, w, null, PADDED, 1, x.shape());
      int undefined = 0;
      for (int i = 0; i < 28; i++) {
        for (int j = 0; j < 31; j++) {
          boolean holdsIt = Math.abs(i - place) <= 1 && Math.abs(j - place) <= 1;
          assertEquals(holdsIt, !Double.isFinite(y.at(0, 5, i, j)), i + " " + j);
          undefined += Double.isNaN(y.at(0, 5, i, j)) ? 1 : 0;
        }
      }
      assertTrue(undefined > 4, () -> "most of nine");
    }
  }

  @Test
  void numbersFromAQuarterOfTheLargestOnOverflow() {
    Tensor w = Tensor.full(Shape.of(64, 64, 3, 3), 1e-4, DType.FLOAT32);
    for (double share : new double[] {0.24, 0.26}) {
      Tensor x = Tensor.full(Shape.of(1, 64, 28, 31), share * Float.MAX_VALUE, DType.FLOAT32);
      Tensor y = Backends.current().convolution(x, w, null, PADDED, 1, x.shape());
      assertEquals(share < 0.25, Double.isFinite(y.at(0, 5, 6, 7)));
    }
  }

  @Test
  void tilesAreAsAccurateAsFloatsAllow() {
    Rng random = new Rng(6);
    Tensor x = Tensor.randn(Shape.of(2, 64, 28, 31), DType.FLOAT32, random);
    Tensor w = Tensor.randn(Shape.of(64, 64, 3, 3), DType.FLOAT32, random);
    Tensor gy = Tensor.randn(x.shape(), DType.FLOAT32, random);
    Backend k = Backends.current();
    Tensor wide = w.to(DType.FLOAT64);
    Tensor wideX = x.to(DType.FLOAT64);
    Tensor wideGy = gy.to(DType.FLOAT64);
    assertAccurate(
        6e-7,
        k.convolution(wideX, wide, null, PADDED, 1, x.shape()),
        k.convolution(x, w, null, PADDED, 1, x.shape()));
    assertAccurate(
        6e-7,
        k.convolutionTransposed(wideGy, wide, null, PADDED, 1, x.shape()),
        k.convolutionTransposed(gy, w, null, PADDED, 1, x.shape()));
    List<Tensor> expected = k.convolutionWeights(wideX, wideGy, PADDED, 1, w.shape(), true);
    List<Tensor> actual = k.convolutionWeights(x, gy, PADDED, 1, w.shape(), true);
    assertAccurate(1.5e-6, expected.get(0), actual.get(0));
    assertAccurate(1.5e-6, expected.get(1), actual.get(1));
  }

  /// @param share of the root mean square of the numbers that the error's may be
  private static void assertAccurate(double share, Tensor expected, Tensor actual) {
    double squares = 0;
    double errors = 0;
    double most = 0;
    for (int i = 0; i < expected.count(); i++) {
      double value = expected.storage().at(i);
      double error = Math.abs(actual.storage().at(i) - value);
      squares += value * value;
      errors += error * error;
      most = Math.max(most, error);
    }
    double scale = Math.sqrt(squares / expected.count());
    assertTrue(Math.sqrt(errors / expected.count()) < share * scale, "root mean square");
    assertTrue(most < 10 * share * scale, "largest of " + expected.count() + ": " + most / scale);
  }
}
