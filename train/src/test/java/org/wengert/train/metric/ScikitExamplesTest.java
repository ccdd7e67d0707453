package org.wengert.train.metric;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.wengert.tensor.Tensor;

/// The examples of scikit-learn's documentation (`sklearn.metrics`), with the results it shows.
class ScikitExamplesTest {
  private static final Tensor TRUTH = Tensor.of(0, 1, 2, 0, 1, 2);
  private static final Tensor PREDICTED = Tensor.of(0, 2, 1, 0, 0, 1);
  private static final Tensor NUMBERS = Tensor.of(3, -0.5, 2, 7);
  private static final Tensor ESTIMATES = Tensor.of(2.5, 0.0, 2, 8);
  private static final Tensor ROWS = Tensor.of(new double[][] {{0.5, 1}, {-1, 1}, {7, -6}});
  private static final Tensor ESTIMATED = Tensor.of(new double[][] {{0, 2}, {-1, 2}, {8, -5}});

  static <M extends Metric> M of(M metric, Tensor output, Tensor target) {
    metric.add(output, target);
    return metric;
  }

  private static void assertValue(double expected, Metric metric, Tensor output, Tensor target) {
    assertEquals(expected, of(metric, output, target).value(), 0.005, metric.name());
  }

  @Test
  void accuracyIsTheShareOfWhatIsRight() {
    assertEquals(
        0.5, of(new Accuracy(), Tensor.of(0, 2, 1, 3), Tensor.of(0, 1, 2, 3)).value(), 1e-15);
  }

  @Test
  void precisionRecallAndF1HaveThePublishedAverages() {
    assertValue(0.22, new Precision(Average.MACRO, 3), PREDICTED, TRUTH);
    assertValue(0.33, new Precision(Average.MICRO, 3), PREDICTED, TRUTH);
    assertValue(0.22, new Precision(Average.WEIGHTED, 3), PREDICTED, TRUTH);
    assertValue(0.33, new Recall(Average.MACRO, 3), PREDICTED, TRUTH);
    assertValue(0.33, new Recall(Average.MICRO, 3), PREDICTED, TRUTH);
    assertValue(0.33, new Recall(Average.WEIGHTED, 3), PREDICTED, TRUTH);
    assertValue(0.27, new F1(Average.MACRO, 3), PREDICTED, TRUTH);
    assertValue(0.33, new F1(Average.MICRO, 3), PREDICTED, TRUTH);
    assertValue(0.27, new F1(Average.WEIGHTED, 3), PREDICTED, TRUTH);
  }

  @Test
  void theyHaveThePublishedScoresOfEachClass() {
    var precision = of(new Precision(Average.MACRO, 3), PREDICTED, TRUTH);
    assertArrayEquals(new double[] {2 / 3.0, 0, 0}, precision.perClass(), 1e-15);
    var recall = of(new Recall(Average.MACRO, 3), PREDICTED, TRUTH);
    assertArrayEquals(new double[] {1, 0, 0}, recall.perClass(), 1e-15);
    var f1 = of(new F1(Average.MACRO, 3), PREDICTED, TRUTH);
    assertArrayEquals(new double[] {0.8, 0, 0}, f1.perClass(), 1e-15);
  }

  @Test
  void theConfusionMatrixHasTrueClassesInItsRows() {
    var matrix =
        of(new ConfusionMatrix(3), Tensor.of(0, 0, 2, 2, 0, 2), Tensor.of(2, 0, 2, 2, 0, 1));
    assertArrayEquals(
        new long[][] {{2, 0, 0}, {0, 0, 1}, {1, 0, 2}}, matrix.counts().toArray(long[][].class));
  }

  @Test
  void topTwoFindsThreeOfFour() {
    Tensor scores =
        Tensor.of(new double[][] {{.5, .2, .2}, {.3, .4, .2}, {.2, .4, .3}, {.7, .2, .1}});
    Tensor truth = Tensor.of(0, 1, 2, 2);
    assertEquals(0.75, of(new TopK(2), scores, truth).value());
    assertEquals(1, of(new TopK(3), scores, truth).value());
  }

  @Test
  void theAreaUnderTheCurveOfFourScoresIsThreeQuarters() {
    Tensor scores = Tensor.of(0.1, 0.4, 0.35, 0.8);
    assertEquals(0.75, of(new RocAuc(), scores, Tensor.of(0, 0, 1, 1)).value());
  }

  @Test
  void theLogLossOfSpamAndHam() {
    Tensor p = Tensor.of(new double[][] {{.1, .9}, {.9, .1}, {.8, .2}, {.35, .65}});
    Tensor spam = Tensor.of(1, 0, 0, 1);
    assertEquals(0.21616, of(LogLoss.ofProbabilities(), p, spam).value(), 5e-6);
    Tensor ofSpam = Tensor.of(.9, .1, .2, .65);
    assertEquals(0.21616, of(LogLoss.ofProbabilities(), ofSpam, spam).value(), 5e-6);
  }

  @Test
  void errorsOfNumbers() {
    assertEquals(0.5, of(new MeanAbsoluteError(), ESTIMATES, NUMBERS).value());
    assertEquals(0.612, of(new RootMeanSquaredError(), ESTIMATES, NUMBERS).value(), 5e-4);
    assertEquals(0.948, of(new R2(), ESTIMATES, NUMBERS).value(), 1e-3);
  }

  @Test
  void errorsOfSeveralColumnsAreAveraged() {
    assertEquals(0.75, of(new MeanAbsoluteError(), ESTIMATED, ROWS).value());
    assertEquals(0.8227, of(new RootMeanSquaredError(), ESTIMATED, ROWS).value(), 5e-5);
    assertArrayEquals(
        new double[] {0.5, 1}, of(new MeanAbsoluteError(), ESTIMATED, ROWS).perColumn());
    assertEquals(0.9368, of(new R2(), ESTIMATED, ROWS).value(), 5e-5); // uniform_average
  }

  @Test
  void rSquaredOfEqualTargetsIsOneOrZero() {
    Tensor same = Tensor.of(-2.0, -2.0, -2.0);
    assertEquals(1, of(new R2(), same, same).value());
    assertEquals(0, of(new R2(), Tensor.of(-2.0, -2.0, -2 + 1e-8), same).value());
    assertEquals(Double.NaN, of(new R2(), Tensor.of(1.0), Tensor.of(1.0)).value());
  }

  @Test
  void whatIsNeverPredictedHasPrecisionZero() {
    Tensor none = Tensor.of(0, 0, 0, 0, 0, 0);
    assertEquals(List.of(1 / 3.0, 0.0, 0.0), perClass(new Precision(Average.MACRO, 3), none));
    assertEquals(0, of(new F1(), Tensor.of(0, 0), Tensor.of(0, 0)).value());
  }

  private static List<Double> perClass(ClassScore score, Tensor output) {
    score.add(output, TRUTH);
    return Arrays.stream(score.perClass()).boxed().toList();
  }
}
