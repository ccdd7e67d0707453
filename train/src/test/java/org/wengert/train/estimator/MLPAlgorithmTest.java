package org.wengert.train.estimator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.wengert.Parameter;
import org.wengert.tensor.DType;
import org.wengert.tensor.Tensor;

/// Training against the same on plain arrays.
class MLPAlgorithmTest {
  private static final MLPOptions BASE =
      MLPOptions.defaults()
          .hiddenLayerSizes(5)
          .activation(Activation.TANH)
          .batchSize(8)
          .shuffle(false)
          .alpha(0.3)
          .maxIter(12)
          .tol(0)
          .learningRateInit(0.05)
          .randomState(11);
  private static final Tensor X = Samples.corners(30); // the last batch has 6

  static Stream<MLPOptions> solvers() {
    MLPOptions sgd = BASE.solver(Solver.SGD);
    return Stream.of(
        BASE,
        BASE.beta1(0.5).beta2(0.9).epsilon(0.01),
        sgd,
        sgd.nesterovsMomentum(false),
        sgd.momentum(0),
        sgd.learningRate(LearningRate.INVSCALING).powerT(0.3),
        sgd.alpha(0).batchSize(30));
  }

  private static void assertCurve(MLPOptions options, Task task, double[][] y, List<Double> curve) {
    Training start = new Training(options, task, 2, DType.FLOAT64);
    PlainNetwork plain = new PlainNetwork(options, task, start.network.parameters());
    double[][] x = X.toArray(double[][].class);
    assertEquals(options.maxIter(), curve.size());
    for (double loss : curve) {
      assertEquals(plain.epoch(x, y), loss, 1e-10);
    }
  }

  @ParameterizedTest
  @MethodSource("solvers")
  void twoClassesLearnAsOnPlainArrays(MLPOptions options) {
    List<String> names = Samples.names(30, 2);
    double[][] y =
        names.stream().map(n -> new double[] {n.equals("bee") ? 1 : 0}).toArray(double[][]::new);
    var fitted = new MLPClassifier<String>(options).fit(X, names);
    assertCurve(options, Task.classes(List.of("ant", "bee")), y, fitted.lossCurve());
  }

  @ParameterizedTest
  @MethodSource("solvers")
  void threeClassesLearnAsOnPlainArrays(MLPOptions options) {
    List<String> names = Samples.names(30, 3);
    double[][] y =
        names.stream()
            .map(n -> Samples.NAMES.stream().mapToDouble(k -> k.equals(n) ? 1 : 0).toArray())
            .toArray(double[][]::new);
    var fitted = new MLPClassifier<String>(options).fit(X, names);
    assertCurve(options, Task.classes(Samples.NAMES), y, fitted.lossCurve());
  }

  @ParameterizedTest
  @MethodSource("solvers")
  void numbersAreLearnedAsOnPlainArrays(MLPOptions options) {
    double[] y = Samples.numbers(X).toDoubleArray();
    double[][] columns =
        Arrays.stream(y).mapToObj(v -> new double[] {v, v / 2}).toArray(double[][]::new);
    var fitted = new MLPRegressor(options).fit(X, Tensor.of(columns));
    assertCurve(options, new Task.Numbers(2), columns, fitted.lossCurve());
  }

  @Test
  void lbfgsEndsWhereTheGradientVanishes() {
    MLPOptions options = BASE.solver(Solver.LBFGS).maxIter(500).tol(1e-6);
    var fitted = new MLPRegressor(options).fit(X, Samples.numbers(X));
    assertTrue(fitted.converged());
    assertTrue(fitted.nIter() > 5 && fitted.nIter() < 500, fitted.toString());
    MLPOptions more = options.warmStart(true);
    var again = new MLPRegressor(more);
    again.loadStateDict(fitted.stateDict());
    again.fit(X, Samples.numbers(X));
    assertEquals(fitted.loss(), again.loss(), 1e-6); // nothing was left to gain
    assertEquals(fitted.loss(), fitted.bestLoss());
  }

  @Test
  void lbfgsIsAtADifferentPointBeforeItIsDone() {
    var early = new MLPRegressor(BASE.solver(Solver.LBFGS).maxIter(2)).fit(X, Samples.numbers(X));
    assertEquals(2, early.nIter());
    assertEquals(false, early.converged());
  }

  /// The example of scikit-learn's user guide.
  @Test
  void theUserGuidesExamplePredictsOneAndZero() {
    var options =
        MLPClassifier.defaults()
            .solver(Solver.LBFGS)
            .alpha(1e-5)
            .hiddenLayerSizes(5, 2)
            .activation(Activation.TANH)
            .randomState(1);
    var fitted =
        new MLPClassifier<Integer>(options)
            .fit(new double[][] {{0, 0}, {1, 1}}, MLPClassifier.labels(0, 1));
    assertEquals(List.of(1, 0), fitted.predict(new double[][] {{2, 2}, {-1, -2}}));
  }

  @Test
  void weightsAndBiasesStartUniformWithGlorotsBound() {
    double relu = largest(MLPOptions.defaults().hiddenLayerSizes(300).randomState(1));
    assertEquals(Math.sqrt(6 / 302.0), relu, 1e-3);
    double logistic =
        largest(
            MLPOptions.defaults()
                .hiddenLayerSizes(300)
                .activation(Activation.LOGISTIC)
                .randomState(1));
    assertEquals(Math.sqrt(2 / 302.0), logistic, 1e-3);
  }

  private static double largest(MLPOptions options) {
    Training start = new Training(options, new Task.Numbers(1), 2, DType.FLOAT64);
    double all = 0;
    for (Parameter parameter : start.network.parameters().subList(0, 2)) {
      double own = Arrays.stream(parameter.value().toDoubleArray()).map(Math::abs).max().orElse(0);
      assertTrue(own > 0.9 * all, "weights and biases have one bound");
      all = Math.max(all, own);
    }
    return all;
  }
}
