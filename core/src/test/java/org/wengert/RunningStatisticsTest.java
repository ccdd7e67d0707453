package org.wengert;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.wengert.tensor.DType;
import org.wengert.tensor.Rng;
import org.wengert.tensor.Shape;
import org.wengert.tensor.ShapeException;
import org.wengert.tensor.Tensor;

/// The norms of training give new running statistics and leave the old ones alone; norms say what
/// does not fit.
class RunningStatisticsTest {
  private final Tensor mean = Tensor.of(1.0, 0.0);
  private final Tensor var = Tensor.of(1.0, 3.0);

  @Test
  void batchNormMovesThemTowardsMeanAndUnbiasedVariance() {
    Leaf x = Variable.of(new double[][] {{1, 0}, {3, 4}, {5, 8}});
    Normalized result = F.batchNorm(x, mean, var, null, null, 0.25, 1e-5);
    assertArrayEquals(new double[] {1.5, 1}, result.runningMean().toDoubleArray());
    assertArrayEquals(new double[] {1.75, 6.25}, result.runningVar().toDoubleArray(), 1e-15);
    assertArrayEquals(new double[] {1, 0}, mean.toDoubleArray());
    assertTrue(result.y().value().sameBits(F.batchNorm(x, null, null, 1e-5).value()));
    result
        .y()
        .square()
        .mul(Variable.constant(new double[][] {{1, 2}, {3, 4}, {5, 6}}))
        .sum()
        .backward();
    assertEquals(6, x.grad().count());
  }

  @Test
  void momentumOneKeepsTheLastBatchAndZeroKeepsTheOld() {
    Variable x = Variable.constant(new double[][] {{1, 0}, {3, 4}});
    Normalized last = F.batchNorm(x, mean, var, null, null, 1, 1e-5);
    assertArrayEquals(new double[] {2, 2}, last.runningMean().toDoubleArray());
    assertArrayEquals(new double[] {2, 8}, last.runningVar().toDoubleArray());
    Normalized old = F.batchNorm(x, mean, var, null, null, 0, 1e-5);
    assertArrayEquals(new double[] {1, 3}, old.runningVar().toDoubleArray());
  }

  @Test
  void instanceNormAveragesThoseOfItsSamples() {
    Variable x = Variable.constant(1, 3, 0, 4, 5, 5, 2, 2).reshape(2, 2, 2);
    Normalized result = F.instanceNorm(x, mean, var, null, null, 0.5, 1e-5);
    assertArrayEquals(new double[] {2.25, 1}, result.runningMean().toDoubleArray());
    assertArrayEquals(new double[] {1, 3.5}, result.runningVar().toDoubleArray());
    assertTrue(result.y().value().sameBits(F.instanceNorm(x, null, null, 1e-5).value()));
  }

  @Test
  void theyHaveTheSameBitsWhetherTheNormIsRecordedOrNot() {
    Leaf x = Variable.of(Tensor.randn(Shape.of(5, 2, 7, 11), DType.FLOAT32, new Rng(1)));
    Tensor zeros = Tensor.zeros(Shape.of(2), DType.FLOAT32);
    Normalized batch = F.batchNorm(x, zeros, zeros, null, null, 0.1, 1e-5);
    Normalized instance = F.instanceNorm(x, zeros, zeros, null, null, 0.1, 1e-5);
    Autograd.noGrad(
        () -> {
          requireSameBits(batch, F.batchNorm(x, zeros, zeros, null, null, 0.1, 1e-5));
          requireSameBits(instance, F.instanceNorm(x, zeros, zeros, null, null, 0.1, 1e-5));
        });
  }

  private static void requireSameBits(Normalized expected, Normalized actual) {
    assertTrue(expected.y().value().sameBits(actual.y().value()));
    assertTrue(expected.runningMean().sameBits(actual.runningMean()));
    assertTrue(expected.runningVar().sameBits(actual.runningVar()));
  }

  @Test
  void theyKeepTheirType() {
    Variable x = Variable.constant(new double[][] {{1, 0}, {3, 4}});
    Tensor single = mean.to(DType.FLOAT32);
    Normalized result = F.batchNorm(x, single, single, null, null, 0.1, 1e-5);
    assertEquals(DType.FLOAT32, result.runningMean().dtype());
  }

  @Test
  void oneNumberForEachChannelIsAskedFor() {
    Variable x = Variable.constant(new double[][] {{1, 0, 2}, {3, 4, 2}});
    String text =
        assertThrows(ShapeException.class, () -> F.batchNorm(x, mean, var, null, null, 0.1, 1e-5))
            .getMessage();
    assertTrue(text.startsWith("batchNorm: a running statistic of shape (2)"), text);
    assertTrue(text.contains("hint: it must have shape (3)"), text);
    Variable one = x.slice(0, 0, 1);
    String alone =
        assertThrows(ShapeException.class, () -> F.batchNorm(one, mean, var, null, null, 0.1, 1e-5))
            .getMessage();
    assertTrue(alone.startsWith("batchNorm: one number for each channel has no variance"), alone);
  }

  @Test
  void normsExplainWhatDoesNotFit() {
    assertRefuses(
        "layerNorm: the last axes of (2, 3) are not (4)",
        () -> F.layerNorm(zeros(2, 3), Shape.of(4), null, null, 1e-5));
    assertRefuses(
        "batchNorm: one number for each channel has no variance",
        () -> F.batchNorm(zeros(1, 3), null, null, 1e-5));
    assertRefuses(
        "groupNorm: 3 channels do not divide into 2 groups",
        () -> F.groupNorm(zeros(2, 3), 2, null, null, 1e-5));
  }

  private static Variable zeros(int... sizes) {
    return F.zeros(Shape.of(sizes), DType.FLOAT64);
  }

  private static void assertRefuses(String start, Executable call) {
    String message = assertThrows(ShapeException.class, call).getMessage();
    assertTrue(message.startsWith(start), message);
  }
}
