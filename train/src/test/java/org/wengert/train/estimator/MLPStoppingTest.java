package org.wengert.train.estimator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.wengert.StateException;
import org.wengert.tensor.OptionException;
import org.wengert.tensor.Tensor;

/// When training ends, and how it goes on.
class MLPStoppingTest {
  private static final Tensor X = Samples.corners(60);
  private static final List<String> Y = Samples.names(60, 3);
  private static final MLPOptions SMALL =
      MLPOptions.defaults().hiddenLayerSizes(8).randomState(5).batchSize(20).maxIter(6);

  private static MLPClassifier<String> of(MLPOptions options) {
    return new MLPClassifier<String>(options);
  }

  /// How many losses in a row, at the end of a curve, were not better by `tol` than the best
  /// before.
  private static int stale(List<Double> losses, double tol) {
    int stale = 0;
    double best = Double.POSITIVE_INFINITY;
    for (double loss : losses) {
      stale = loss > best - tol ? stale + 1 : 0;
      best = Math.min(best, loss);
    }
    return stale;
  }

  @Test
  void itStopsAfterOneEpochMoreWithoutImprovementThanIsBorne() {
    MLPOptions options = SMALL.maxIter(500).tol(0.02).nIterNoChange(3);
    var fitted = of(options).fit(X, Y);
    assertTrue(fitted.converged());
    assertEquals(fitted.nIter(), fitted.lossCurve().size());
    assertEquals(4, stale(fitted.lossCurve(), 0.02));
    var before = fitted.lossCurve().subList(0, fitted.nIter() - 1);
    assertEquals(3, stale(before, 0.02));
    assertEquals(Collections.min(fitted.lossCurve()), fitted.bestLoss());
  }

  @Test
  void maxIterEndsItWithoutConvergence() {
    var fitted = of(SMALL).fit(X, Y);
    assertFalse(fitted.converged());
    assertEquals(6, fitted.nIter());
  }

  @Test
  void anAdaptiveRateFallsToAFifthUntilItIsSmall() {
    MLPOptions options =
        SMALL
            .solver(Solver.SGD)
            .learningRate(LearningRate.ADAPTIVE)
            .learningRateInit(1e-4)
            .tol(10)
            .nIterNoChange(1)
            .maxIter(100);
    var fitted = of(options).fit(X, Y);
    // The first epoch beats infinity. Then each 2 do not gain 10: 1e-4, 2e-5, 4e-6, 8e-7: the end.
    assertEquals(1 + 4 * 2, fitted.nIter());
    assertTrue(fitted.converged());
    assertEquals(3, of(options.learningRate(LearningRate.CONSTANT)).fit(X, Y).nIter());
  }

  @Test
  void earlyStoppingKeepsTheBestWeights() {
    MLPOptions options =
        SMALL.maxIter(40).earlyStopping(true).validationFraction(0.3).learningRateInit(0.05);
    var fitted = of(options).fit(X, Y);
    List<Double> scores = fitted.validationScores();
    assertEquals(fitted.nIter(), scores.size());
    assertEquals(Collections.max(scores), fitted.bestValidationScore());
    assertEquals(Double.NaN, fitted.bestLoss());
    // the same seed up to the best epoch gives the same weights
    int best = scores.indexOf(fitted.bestValidationScore()) + 1;
    var until = of(options.maxIter(best)).fit(X, Y);
    assertTrue(until.outputs(X).sameBits(fitted.outputs(X)));
    assertTrue(best < fitted.nIter(), "it went on after the best");
  }

  private static MLPClassifier<String> warmAndEarly() {
    return of(
        SMALL
            .maxIter(30)
            .earlyStopping(true)
            .validationFraction(0.4)
            .learningRateInit(0.05)
            .nIterNoChange(3)
            .warmStart(true));
  }

  @Test
  void aWarmStartThatGetsNoBetterKeepsTheBestWeights() {
    List<String> hard = new ArrayList<>(Y);
    Collections.shuffle(hard, new Random(1)); // nothing to be learned, scores jump about
    var warm = warmAndEarly().fit(X, hard);
    int without = 0;
    for (int fits = 0; fits < 8; fits++) {
      double best = warm.bestValidationScore();
      Tensor outputs = warm.outputs(X);
      if (warm.fit(X, hard).bestValidationScore() == best) {
        assertTrue(outputs.sameBits(warm.outputs(X)), "fit " + fits + " has other weights");
        without++;
      }
    }
    assertTrue(without > 0, "each fit was better than the one before");
    var loaded = warmAndEarly();
    loaded.loadStateDict(warm.stateDict());
    assertTrue(warm.fit(X, hard).outputs(X).sameBits(loaded.fit(X, hard).outputs(X)));
  }

  @Test
  void aWarmStartIsJudgedByTheSamplesOfTheFirst() {
    var warm = warmAndEarly().fit(X, Y);
    long seed = warm.fitted().progress.splitSeed;
    assertEquals(seed, warm.fit(X, Y).fitted().progress.splitSeed);
    var cold = of(SMALL.earlyStopping(true).randomState(6)).fit(X, Y);
    assertFalse(seed == cold.fitted().progress.splitSeed);
  }

  @Test
  void earlyStoppingNeedsSamplesToJudgeBy() {
    MLPOptions early = SMALL.earlyStopping(true);
    Tensor ten = Samples.corners(10);
    assertEquals(
        """
        early stopping of 10 samples: one sample to judge by
          hint: take more samples, another validationFraction than 0.1, or no earlyStopping""",
        assertThrows(
                OptionException.class, () -> new MLPRegressor(early).fit(ten, Samples.numbers(ten)))
            .getMessage());
    assertEquals(
        """
        early stopping of 10 samples: parts of 9 and 1 for 3 classes
          hint: take more samples, another validationFraction than 0.1, or no earlyStopping""",
        assertThrows(OptionException.class, () -> of(early).fit(ten, Samples.names(10, 3)))
            .getMessage());
  }

  @Test
  void lbfgsThatEndsByItsEvaluationsHasNotConverged() {
    MLPOptions whole = SMALL.solver(Solver.LBFGS).maxIter(500);
    assertFalse(of(whole.maxFun(5)).fit(X, Y).converged());
    assertTrue(of(whole).fit(X, Y).converged());
  }

  @Test
  void partialFitsAreAFit() {
    var whole = of(SMALL).fit(X, Y);
    var parts = of(SMALL).partialFit(X, Y, Samples.NAMES);
    for (int epoch = 1; epoch < 6; epoch++) {
      parts.partialFit(X, Y);
    }
    assertEquals(whole.lossCurve(), parts.lossCurve());
    assertTrue(whole.outputs(X).sameBits(parts.outputs(X)));
  }

  @Test
  void partialFitGoesOnAfterLoading() {
    for (MLPOptions options : List.of(SMALL, SMALL.solver(Solver.SGD))) {
      var first = of(options).fit(X, Y);
      var loaded = of(options);
      loaded.loadStateDict(first.stateDict());
      first.partialFit(X, Y);
      loaded.partialFit(X, Y);
      assertEquals(7, loaded.nIter());
      assertTrue(first.outputs(X).sameBits(loaded.outputs(X)));
    }
  }

  @Test
  void aWarmStartGoesOnAndAColdOneBeginsAnew() {
    var warm = of(SMALL.warmStart(true));
    double first = warm.fit(X, Y).loss();
    double second = warm.fit(X, Y).loss();
    assertTrue(second < first);
    assertEquals(12, warm.nIter());
    var cold = of(SMALL);
    Tensor once = cold.fit(X, Y).outputs(X);
    assertTrue(once.sameBits(cold.fit(X, Y).outputs(X)));
    assertEquals(6, cold.nIter());
  }

  @Test
  void aWarmStartNeedsTheSameClasses() {
    var warm = of(SMALL.warmStart(true)).fit(X, Y);
    assertEquals(
        """
        fitted to [ant, bee, cat], now y has [ant, bee]
          hint: a warm start needs the same classes; else take a new estimator""",
        assertThrows(StateException.class, () -> warm.fit(X, Samples.names(60, 2))).getMessage());
    var numbers = new MLPRegressor(SMALL.warmStart(true)).fit(X, Samples.numbers(X));
    assertThrows(StateException.class, () -> numbers.fit(X, Tensor.of(new double[60][2])));
  }

  @Test
  void partialFitHasToKnowAllClasses() {
    assertEquals(
        """
        the first samples need not be of all classes
          hint: give them: partialFit(x, y, classes)""",
        assertThrows(StateException.class, () -> of(SMALL).partialFit(X, Y)).getMessage());
    assertEquals(
        """
        label cat of sample 2 is of no class
          hint: the classes are [ant, bee]""",
        assertThrows(OptionException.class, () -> of(SMALL).partialFit(X, Y, List.of("ant", "bee")))
            .getMessage());
    var known = of(SMALL).partialFit(X, Y, Samples.NAMES);
    assertThrows(StateException.class, () -> known.partialFit(X, Y, List.of("ant", "bee")));
  }

  @Test
  void partialFitNeedsBatches() {
    String message =
        assertThrows(
                StateException.class,
                () -> new MLPRegressor(SMALL.solver(Solver.LBFGS)).partialFit(X, X))
            .getMessage();
    assertEquals(
        """
        partialFit needs batches, and LBFGS takes all samples at once
          hint: take solver(Solver.ADAM) or solver(Solver.SGD)""",
        message);
  }

  @Test
  void diverging() {
    MLPOptions wild = SMALL.solver(Solver.SGD).activation(Activation.IDENTITY);
    var model = new MLPRegressor(wild.learningRateInit(1e6).maxIter(200));
    String message =
        assertThrows(StateException.class, () -> model.fit(X, Samples.numbers(X))).getMessage();
    assertTrue(message.startsWith("the loss or a weight has become "), message);
    assertTrue(message.contains("hint: scale the inputs, as StandardScaler does"), message);
  }

  @Test
  void aClassifierNeedsTwoClasses() {
    assertEquals(
        "y has one class only: [ant]\n  hint: a classifier needs samples of at least two",
        assertThrows(OptionException.class, () -> of(SMALL).fit(X, Samples.names(60, 1)))
            .getMessage());
    assertEquals(
        "y has no labels\n  hint: a classifier needs samples of at least two",
        assertThrows(OptionException.class, () -> of(SMALL).fit(X, List.of())).getMessage());
    List<String> unknown = new ArrayList<>(Y);
    unknown.set(3, null);
    assertEquals(
        "label 3 of 60 is null\n  hint: leave out samples whose class is not known",
        assertThrows(OptionException.class, () -> of(SMALL).fit(X, unknown)).getMessage());
  }

  @Test
  void probabilitiesSumToOneAndTheirLogarithmsAreExact() {
    for (int classes = 2; classes <= 3; classes++) {
      var fitted = of(SMALL).fit(X, Samples.names(60, classes));
      double[][] p = fitted.predictProba(X).toArray(double[][].class);
      double[][] log = fitted.predictLogProba(X).toArray(double[][].class);
      for (int i = 0; i < p.length; i++) {
        double sum = 0;
        for (int c = 0; c < classes; c++) {
          sum += p[i][c];
          assertEquals(p[i][c], Math.exp(log[i][c]), 1e-12);
        }
        assertEquals(1, sum, 1e-12);
      }
      Tensor far = Tensor.of(new double[][] {{1e4, -3e4}});
      assertTrue(Double.isFinite(fitted.predictLogProba(far).at(0, 0)));
    }
  }

  @Test
  void theModelGivesLogits() {
    var fitted = of(SMALL).fit(X, Y);
    assertEquals(
        8 * 2 + 8 + 8 * 3 + 3,
        fitted.model().parameters().stream().mapToInt(p -> p.value().count()).sum());
    assertEquals(2, fitted.nFeaturesIn());
  }
}
