package org.wengert.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.wengert.F;
import org.wengert.Variable;
import org.wengert.tensor.DType;
import org.wengert.tensor.OptionException;
import org.wengert.tensor.Rng;
import org.wengert.tensor.Shape;
import org.wengert.tensor.Tensor;

class NormalizationTest {
  private static final Variable FIRST = Variable.constant(new double[][] {{0}, {2}});
  private static final Variable SECOND = Variable.constant(new double[][] {{10}, {16}});

  private static BatchNorm1d norm(RunningNormOptions options) {
    BatchNorm1d norm = new BatchNorm1d(1, options);
    norm.to(DType.FLOAT64);
    return norm;
  }

  private static void assertNumber(double expected, Buffer buffer) {
    assertEquals(expected, buffer.value().toDoubleArray()[0], 1e-14);
  }

  @Test
  void batchNormHasThePartsOfPyTorchUnderItsKeys() {
    BatchNorm2d norm = new BatchNorm2d(2);
    assertEquals(
        List.of("weight", "bias", "running_mean", "running_var", "num_batches_tracked"),
        List.copyOf(norm.stateDict().keySet()));
    assertEquals(DType.INT64, norm.stateDict().get("num_batches_tracked").dtype());
    assertEquals(Shape.SCALAR, norm.stateDict().get("num_batches_tracked").shape());
    norm.to(DType.FLOAT64);
    assertEquals(DType.INT64, norm.numBatchesTracked().value().dtype());
    assertEquals(DType.FLOAT64, norm.runningVar().value().dtype());
  }

  @Test
  void theMomentumIsTheShareOfTheNewBatchWhoseVarianceIsUnbiased() {
    BatchNorm1d norm = norm(RunningNormOptions.ofBatch().momentum(0.25));
    norm.forward(FIRST);
    assertNumber(0.25, norm.runningMean());
    assertNumber(0.75 + 0.25 * 2, norm.runningVar());
    norm.forward(SECOND);
    assertNumber(0.75 * 0.25 + 0.25 * 13, norm.runningMean());
    assertNumber(0.75 * 1.25 + 0.25 * 18, norm.runningVar());
    assertEquals(2, norm.numBatchesTracked().value().longAt());
  }

  @Test
  void cumulativeStatisticsAreTheMeansOfAllBatches() {
    BatchNorm1d norm = norm(RunningNormOptions.ofBatch().cumulative(true));
    norm.forward(FIRST);
    assertNumber(1, norm.runningMean());
    assertNumber(2, norm.runningVar());
    norm.forward(SECOND);
    assertNumber(7, norm.runningMean());
    assertNumber(10, norm.runningVar());
  }

  @Test
  void evaluationUsesTheRunningStatisticsAndLeavesThemAsTheyAre() {
    BatchNorm1d norm = norm(RunningNormOptions.ofBatch().cumulative(true).eps(2));
    norm.forward(FIRST);
    norm.eval();
    double[] y = norm.forward(Variable.constant(new double[][] {{5}})).value().toDoubleArray();
    assertArrayEquals(new double[] {(5 - 1) / Math.sqrt(2 + 2)}, y, 1e-14);
    assertNumber(1, norm.runningMean());
    assertEquals(1, norm.numBatchesTracked().value().longAt());
  }

  @Test
  void withoutRunningStatisticsEvaluationIsAsTraining() {
    BatchNorm1d norm = norm(RunningNormOptions.ofBatch().trackRunningStats(false).affine(false));
    Tensor trained = norm.forward(SECOND).value();
    norm.eval();
    assertArrayEquals(trained.toDoubleArray(), norm.forward(SECOND).value().toDoubleArray());
    assertEquals(List.of(), List.copyOf(norm.stateDict().keySet()));
    assertNull(norm.runningMean());
    assertNull(norm.weight());
  }

  @Test
  void instanceNormMayRunStatisticsAlong() {
    InstanceNorm1d norm =
        new InstanceNorm1d(1, RunningNormOptions.ofInstance().trackRunningStats(true).momentum(1));
    norm.to(DType.FLOAT64);
    Tensor x = Tensor.of(0, 2, 4.0, 10).reshape(2, 1, 2);
    norm.forward(Variable.constant(x));
    assertNumber(4, norm.runningMean());
    assertNumber((2 + 18) / 2.0, norm.runningVar());
    norm.eval();
    double[] y = norm.forward(Variable.constant(x)).value().toDoubleArray();
    assertEquals(-4 / Math.sqrt(10 + 1e-5), y[0], 1e-14);
  }

  @Test
  void rmsNormsEpsIsThatOfTheInputsType() {
    RMSNorm norm = new RMSNorm(1);
    double x = Math.sqrt(Math.ulp(1f));
    assertEquals(
        Math.sqrt(0.5),
        norm.forward(Variable.constant(Tensor.of((float) x).reshape(1))).item(),
        1e-6);
    norm.to(DType.FLOAT64);
    assertEquals(
        Math.sqrt(0.5),
        norm.forward(Variable.constant(new double[] {Math.sqrt(Math.ulp(1.0))})).item(),
        1e-14);
  }

  @Test
  void alphaDropoutKeepsMeanAndVariance() {
    Tensor x = Tensor.randn(Shape.of(40_000), DType.FLOAT64, new Rng(1));
    double[] y =
        new AlphaDropout(0.3, new Rng(2)).forward(Variable.constant(x)).value().toDoubleArray();
    double mean = Arrays.stream(y).average().orElseThrow();
    double square = Arrays.stream(y).map(v -> v * v).average().orElseThrow();
    assertEquals(0, mean, 0.02);
    assertEquals(1, square, 0.03);
  }

  @Test
  void dropout2dDropsWholeChannels() {
    Variable x = Variable.constant(Tensor.ones(8, 8, 3, 3));
    Tensor y = new Dropout2d(0.5, new Rng(3)).forward(x).value();
    int dropped = 0;
    for (int sample = 0; sample < 8; sample++) {
      for (int channel = 0; channel < 8; channel++) {
        double first = y.at(sample, channel, 0, 0);
        dropped += first == 0 ? 1 : 0;
        for (int place = 0; place < 9; place++) {
          assertEquals(first, y.at(sample, channel, place / 3, place % 3));
        }
      }
    }
    assertEquals(32, dropped, 12);
  }

  @Test
  void dropoutOfEverythingGivesZeros() {
    Variable x = Variable.constant(new double[][] {{1, -2}});
    for (Module layer : List.of(new Dropout(1), new Dropout1d(1), new AlphaDropout(1))) {
      assertArrayEquals(new double[] {0, 0}, F.abs(layer.forward(x)).value().toDoubleArray());
    }
  }

  @Test
  void optionsThatMakeNoSenseAreRefused() {
    assertText("eps -1.0", () -> RunningNormOptions.ofBatch().eps(-1));
    assertText("a momentum of 1.5", () -> RunningNormOptions.ofBatch().momentum(1.5));
    assertText("BatchNorm1d of 0 channels", () -> new BatchNorm1d(0));
    assertText("GroupNorm of 5 channels in 2 groups", () -> new GroupNorm(2, 5));
    assertText("LayerNorm over axes of sizes ()", () -> new LayerNorm());
    assertText("LocalResponseNorm over 0 channels", () -> new LocalResponseNorm(0));
    assertText("Dropout2d with probability 1.5", () -> new Dropout2d(1.5));
  }

  private static void assertText(String problem, Executable made) {
    OptionException e = assertThrows(OptionException.class, made);
    assertEquals(problem, e.problem());
    assertNotNull(
        e.getMessage().lines().filter(l -> l.startsWith("  hint: ")).findFirst().orElse(null));
  }
}
