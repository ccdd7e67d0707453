package org.wengert.backend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Random;
import java.util.function.BinaryOperator;
import org.junit.jupiter.api.Test;
import org.wengert.backend.vector.VectorBackend;
import org.wengert.tensor.DType;
import org.wengert.tensor.Shape;
import org.wengert.tensor.Tensor;

/// Long sums of products in single precision keep their digits: those in double precision say what
/// they should be.
class LongChainsTest {
  private static final Backend KERNELS = new VectorBackend();
  private static final double TOLERANCE = 3e-6;

  private static Tensor positive(long seed, int... sizes) {
    return Tensor.rand(Shape.of(sizes), DType.FLOAT64, new Random(seed)).to(DType.FLOAT32);
  }

  private static void check(Tensor a, Tensor b, BinaryOperator<Tensor> sums) {
    double[] actual = sums.apply(a, b).toDoubleArray();
    double[] expected = sums.apply(a.to(DType.FLOAT64), b.to(DType.FLOAT64)).toDoubleArray();
    for (int i = 0; i < expected.length; i++) {
      double off = Math.abs(actual[i] / expected[i] - 1);
      assertTrue(off < TOLERANCE, "element " + i + " is off by " + off);
    }
  }

  @Test
  void aProductWithALongInnerAxisKeepsItsDigits() {
    check(positive(1, 3, 400_000), positive(2, 400_000, 2), KERNELS::matMul);
  }

  @Test
  void aProductOfTransposedMatricesWithALongInnerAxisKeepsItsDigits() {
    Tensor gradient = positive(3, 400_000, 3).permute(1, 0);
    check(gradient, positive(4, 400_000, 2), KERNELS::matMul);
  }

  @Test
  void aLongDotProductKeepsItsDigits() {
    check(positive(5, 1, 900_000), positive(6, 900_000, 1), KERNELS::matMul);
  }

  @Test
  void moreOnesThanSinglePrecisionCanCountOneByOneAreCounted() {
    Tensor one = Tensor.ones(1, 1);
    Shape row = Shape.of(1, 20_000_000);
    assertEquals(
        20_000_000, KERNELS.matMul(one.expand(row), one.expand(Shape.of(20_000_000, 1))).at(0, 0));
  }

  /// What joins all positions of `x` with those of `gy` at the tap in the middle, and sums `gy`.
  private static void checkMiddle(int channels, int side) {
    Shape shape = Shape.of(1, channels, side, side);
    Tensor x = positive(9, 1, 1, side, side).expand(shape);
    Tensor gy = positive(10, 1, 1, side, side).expand(shape);
    Window window = Window.sliding(side, 3, 1, 1, 1, side);
    Shape weight = Shape.of(channels, channels, 3, 3);
    List<Tensor> actual =
        KERNELS.convolutionWeights(x, gy, List.of(window, window), 1, weight, true);
    double product = 0;
    double sum = 0;
    float[] left = x.toFloatArray();
    float[] right = gy.toFloatArray();
    for (int i = 0; i < side * side; i++) {
      product += (double) left[i] * right[i];
      sum += right[i];
    }
    assertEquals(product, actual.get(0).at(0, 0, 1, 1), TOLERANCE * product);
    assertEquals(sum, actual.get(1).at(0), TOLERANCE * sum);
  }

  @Test
  void theWeightOfAConvolutionKeepsTheDigitsOfALargeImage() {
    checkMiddle(1, 640);
  }

  @Test
  void theWeightOfAConvolutionInTilesKeepsTheDigitsOfALargeImage() {
    checkMiddle(64, 400);
  }

  private static Tensor mean(Tensor x, int axis) {
    Taps taps = Taps.sums(Window.adaptive(x.size(axis), 1));
    return KERNELS.resample(x, axis, taps, x.shape().with(axis, 1));
  }

  @Test
  void theSumOfALongWindowKeepsItsDigits() {
    check(positive(11, 2, 1_000_000), Tensor.ones(1), (x, one) -> mean(x, 1));
    check(positive(12, 100_000, 3), Tensor.ones(1), (x, one) -> mean(x, 0));
  }
}
