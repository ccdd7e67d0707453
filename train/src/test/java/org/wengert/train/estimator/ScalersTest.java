package org.wengert.train.estimator;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.wengert.StateException;
import org.wengert.tensor.DType;
import org.wengert.tensor.OptionException;
import org.wengert.tensor.ShapeException;
import org.wengert.tensor.Tensor;

class ScalersTest {
  private static final Tensor X = Samples.corners(20);

  static List<ColumnScaler> scalers() {
    return List.of(
        new StandardScaler(),
        new StandardScaler(false, true),
        new StandardScaler(true, false),
        new MinMaxScaler(),
        new MinMaxScaler(-2, 5, true));
  }

  private static double[][] rows(Tensor x) {
    return x.toArray(double[][].class);
  }

  /// The example of scikit-learn's reference.
  @Test
  void standardScalerGivesThePublishedExample() {
    var scaler =
        new StandardScaler().fit(Tensor.of(new double[][] {{0, 0}, {0, 0}, {1, 1}, {1, 1}}));
    assertArrayEquals(new double[] {.5, .5}, scaler.mean());
    assertArrayEquals(new double[] {.5, .5}, scaler.scale());
    assertArrayEquals(
        new double[][] {{-1, -1}, {3, 3}}, rows(scaler.transform(new double[][] {{0, 0}, {2, 2}})));
  }

  /// The example of scikit-learn's reference.
  @Test
  void minMaxScalerGivesThePublishedExample() {
    Tensor data = Tensor.of(new double[][] {{-1, 2}, {-0.5, 6}, {0, 10}, {1, 18}});
    var scaler = new MinMaxScaler().fit(data);
    assertArrayEquals(new double[] {1, 18}, scaler.dataMax());
    assertArrayEquals(new double[] {-1, 2}, scaler.dataMin());
    assertArrayEquals(
        new double[][] {{0, 0}, {.25, .25}, {.5, .5}, {1, 1}}, rows(scaler.transform(data)));
    assertArrayEquals(new double[][] {{1.5, 0}}, rows(scaler.transform(new double[][] {{2, 2}})));
  }

  @Test
  void clippingKeepsOthersInTheRange() {
    var scaler = new MinMaxScaler(0, 1, true).fit(Tensor.of(new double[][] {{0}, {10}}));
    assertArrayEquals(
        new double[][] {{1}, {0}, {.5}}, rows(scaler.transform(new double[][] {{11}, {-3}, {5}})));
  }

  @Test
  void constantFeaturesAreMovedButNotScaled() {
    Tensor constant = Tensor.of(new double[][] {{7.1, 0.1}, {7.1, 0.1}, {7.1, 0.1}});
    assertArrayEquals(
        new double[][] {{0, 0}, {0, 0}, {0, 0}}, rows(new StandardScaler().fitTransform(constant)));
    assertArrayEquals(
        new double[][] {{2, 2}, {2, 2}, {2, 2}},
        rows(new MinMaxScaler(2, 3, false).fitTransform(constant)));
  }

  @Test
  void standardScalerLeavesMeanZeroAndVarianceOne() {
    double[][] z = rows(new StandardScaler().fitTransform(X));
    for (int c = 0; c < 2; c++) {
      double sum = 0;
      double squares = 0;
      for (double[] row : z) {
        sum += row[c];
        squares += row[c] * row[c];
      }
      assertEquals(0, sum, 1e-12);
      assertEquals(20, squares, 1e-12);
    }
  }

  @ParameterizedTest
  @MethodSource("scalers")
  void batchesGiveTheSameBitsAsAllAtOnce(ColumnScaler scaler) {
    Tensor whole = ((ColumnScaler) scaler.fresh()).fit(X).transform(X);
    ColumnScaler parts = (ColumnScaler) scaler.fresh();
    parts.partialFit(X.slice(0, 0, 7, 1)).partialFit(X.slice(0, 7, 8, 1));
    parts.partialFit(X.slice(0, 8, 20, 1));
    assertTrue(whole.sameBits(parts.transform(X)));
  }

  @ParameterizedTest
  @MethodSource("scalers")
  void theInverseUndoesIt(ColumnScaler scaler) {
    scaler.fit(X);
    double[] back = scaler.inverseTransform(scaler.transform(X)).toDoubleArray();
    assertArrayEquals(X.toDoubleArray(), back, 1e-12);
    Tensor narrow = X.to(DType.FLOAT32);
    assertEquals(DType.FLOAT32, scaler.transform(narrow).dtype());
  }

  @ParameterizedTest
  @MethodSource("scalers")
  void theyPromiseWhatEstimatorsDo(ColumnScaler scaler) {
    Transformer fresh = scaler.fresh();
    String name = scaler.getClass().getSimpleName();
    assertEquals(
        name + " is not fitted\n  hint: call fit first",
        assertThrows(StateException.class, () -> fresh.transform(X)).getMessage());
    scaler.fit(X);
    assertEquals(
        "X has 3 features, "
            + name
            + " was fitted with 2\n  hint: give the columns of fit, in their order",
        assertThrows(ShapeException.class, () -> scaler.transform(new double[][] {{1, 2, 3}}))
            .getMessage());
    Tensor damaged = Tensor.of(new double[][] {{1, Double.POSITIVE_INFINITY}});
    assertEquals(
        "X has Infinity in row 0, column 1\n"
            + "  hint: leave such samples out, or fill in a number",
        assertThrows(OptionException.class, () -> scaler.transform(damaged)).getMessage());
    fresh.loadStateDict(scaler.stateDict());
    assertTrue(fresh.transform(X).sameBits(scaler.transform(X)));
    assertThrows(StateException.class, () -> fresh.loadStateDict(Map.of()));
  }

  @Test
  void aRangeRunsUpwards() {
    assertEquals(
        "a range from 1.0 to 1.0\n"
            + "  hint: the second number must be larger, as in new MinMaxScaler(-1, 1, false)",
        assertThrows(OptionException.class, () -> new MinMaxScaler(1, 1, false)).getMessage());
  }

  @Test
  void aPipelineLearnsItsScalesFromTheSamplesOfFitAlone() {
    var scaler = new StandardScaler();
    var options = MLPOptions.defaults().hiddenLayerSizes(4).maxIter(2).randomState(1);
    var pipeline = Pipeline.of(scaler, new MLPRegressor(options));
    pipeline.fit(X.slice(0, 0, 10, 1), Samples.numbers(X.slice(0, 0, 10, 1)));
    double[] mean = scaler.mean();
    pipeline.predict(X);
    assertArrayEquals(mean, scaler.mean());
    assertArrayEquals(new StandardScaler().fit(X.slice(0, 0, 10, 1)).mean(), mean);
    assertTrue(pipeline.last().predict(scaler.transform(X)).sameBits(pipeline.predict(X)));
  }
}
