package org.wengert.train.metric;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.wengert.StateException;
import org.wengert.nn.Conv1d;
import org.wengert.nn.ConvOptions;
import org.wengert.nn.CrossEntropyLoss;
import org.wengert.optim.SGD;
import org.wengert.tensor.DType;
import org.wengert.tensor.OptionException;
import org.wengert.tensor.Rng;
import org.wengert.tensor.Shape;
import org.wengert.tensor.ShapeException;
import org.wengert.tensor.Tensor;
import org.wengert.tensor.WengertException;
import org.wengert.train.EpochReport;
import org.wengert.train.Trainer;
import org.wengert.train.data.DataLoader;
import org.wengert.train.data.Sample;
import org.wengert.train.data.TensorDataset;

class MetricsTest {
  private static final Tensor LOGITS = Tensor.of(new double[][] {{1, 0, 0}, {0, 0, 1}});

  static List<Metric> all() {
    return List.of(
        new Accuracy(),
        new TopK(1),
        new ConfusionMatrix(3),
        new Precision(),
        new Recall(Average.MACRO, 3),
        new F1(Average.WEIGHTED, 3),
        new RocAuc(),
        new LogLoss(),
        LogLoss.ofProbabilities(),
        new Perplexity(),
        new MeanAbsoluteError(),
        new RootMeanSquaredError(),
        new R2());
  }

  private static String refusal(Metric metric, Tensor output, Tensor target) {
    return assertThrows(WengertException.class, () -> metric.add(output, target)).getMessage();
  }

  @ParameterizedTest
  @MethodSource("all")
  void ofNoSamplesNothingIsSaid(Metric metric) {
    assertEquals(Double.NaN, metric.value());
  }

  @ParameterizedTest
  @MethodSource("all")
  void aRefusedBatchLeavesNoTrace(Metric metric) {
    Tensor target = Tensor.of(1, 0);
    String message = refusal(metric, Tensor.of(1, Double.NaN), target);
    boolean ofThree = message.contains("for 3 classes");
    assertTrue(ofThree || message.contains("output 1 of 2 is NaN\n  hint: look"), message);
    assertEquals(Double.NaN, metric.value());
  }

  @ParameterizedTest
  @MethodSource("all")
  void otherSamplesThanTargetsAreRefused(Metric metric) {
    String message = refusal(metric, Tensor.of(1.0, 2.0), Tensor.of(1, 0, 1));
    assertTrue(message.startsWith(metric.name() + ": "), message);
    assertTrue(message.contains("(2) FLOAT64") && message.contains("(3) INT32"), message);
  }

  @Test
  void aClassThatDoesNotExistIsNamed() {
    assertEquals(
        """
        accuracy: target class 3 among 3 classes
          hint: classes are whole numbers from 0 to 2""",
        refusal(new Accuracy(), LOGITS, Tensor.of(0, 3)));
    assertEquals(
        """
        confusion matrix: output class 7 among 3 classes
          hint: classes are whole numbers from 0 to 2""",
        refusal(new ConfusionMatrix(3), Tensor.of(0, 7), Tensor.of(0, 1)));
    assertEquals(
        """
        ROC-AUC: target class 0.5 among 2 classes
          hint: classes are whole numbers from 0 to 1""",
        refusal(new RocAuc(), Tensor.of(0.0, 7.0), Tensor.of(0, 0.5)));
  }

  @Test
  void aMetricOfMoreClassesThanTheModelHasIsRefused() {
    assertEquals(
        """
        macro F1: 3 scores a sample for 4 classes
            output  (2, 3) FLOAT64
            target  (2) INT32
          hint: make the metric for as many classes as the model has""",
        refusal(new F1(Average.MACRO, 4), LOGITS, Tensor.of(0, 1)));
  }

  @Test
  void classNumbersAreNoScores() {
    assertEquals(
        """
        ROC-AUC: class numbers say nothing about scores
          hint: give the model's floating outputs, (N, C) or (N) for two classes""",
        refusal(new RocAuc(), Tensor.of(0, 1), Tensor.of(0, 1)));
  }

  @Test
  void logitsAreNoProbabilities() {
    assertEquals(
        """
        log loss: the probabilities of sample 0 sum to 0.5
          hint: for logits take new LogLoss()""",
        refusal(LogLoss.ofProbabilities(), Tensor.of(new double[][] {{.25, .25}}), one()));
    Tensor logit = Tensor.of(1.5).reshape(1);
    assertTrue(
        refusal(LogLoss.ofProbabilities(), logit, one()).contains("not all between 0 and 1"));
  }

  private static Tensor one() {
    return Tensor.of(1).reshape(1);
  }

  @Test
  void columnsStayAsManyAsTheyWere() {
    Metric error = new MeanAbsoluteError();
    error.add(Tensor.zeros(2, 3), Tensor.zeros(2, 3));
    assertEquals(
        """
        MAE: 2 columns after 3
            output  (5, 2) FLOAT32
            target  (5, 2) FLOAT32
          hint: outputs and targets have one shape, (N) or (N, columns), in every batch""",
        refusal(error, Tensor.zeros(5, 2), Tensor.zeros(5, 2)));
  }

  @Test
  void aColumnIsAVectorAsWell() {
    Metric error = new MeanAbsoluteError();
    error.add(Tensor.ones(2, 1), Tensor.zeros(2));
    error.add(Tensor.ones(2), Tensor.zeros(2, 1));
    assertEquals(1, error.value());
  }

  @Test
  void anEmptyBatchChangesNothing() {
    Metric error = new MeanAbsoluteError();
    error.add(Tensor.zeros(0, 2), Tensor.zeros(0, 2));
    error.add(Tensor.ones(4, 2), Tensor.zeros(4, 2));
    error.add(Tensor.zeros(0, 2), Tensor.zeros(0, 2));
    assertEquals(1, error.value());
  }

  @Test
  void outputsOfSequencesHaveTheirClassesWhereTheLossHasThem() {
    Tensor logits = Tensor.zeros(Shape.of(2, 7, 5), DType.FLOAT32);
    Tensor target = Tensor.zeros(Shape.of(2, 5), DType.INT64);
    Metric perplexity = new Perplexity();
    perplexity.add(logits, target);
    assertEquals(7, perplexity.value(), 1e-12); // guessing among seven
    assertEquals(
        """
        perplexity: outputs and targets are not of the same samples
            output  (2, 5, 7) FLOAT32
            target  (2, 5) INT64
          hint: give scores (N, C) or (N, C, ..), classes in axis 1 as CrossEntropyLoss has them; \
        scores (N) for class 1 of two; or class numbers (N)""",
        refusal(perplexity, logits.permute(0, 2, 1), target));
  }

  @Test
  void aTrainersPerplexityIsTheExponentialOfItsLoss() {
    Tensor x = Tensor.randn(Shape.of(8, 2, 4), DType.FLOAT32, new Rng(1));
    Tensor classes = Tensor.of(IntStream.range(0, 32).map(i -> i % 3).toArray()).reshape(8, 4);
    DataLoader<Sample> loader = // four classes at four places: no shape tells one from the other
        DataLoader.of(TensorDataset.of(x, classes), DataLoader.Options.defaults());
    Conv1d model = new Conv1d(2, 4, ConvOptions.of(1), new Rng(2));
    EpochReport epoch =
        Trainer.defaults()
            .epochs(1)
            .messages(line -> {})
            .validation(loader)
            .metrics(Perplexity::new, Accuracy::new)
            .fit(model, new CrossEntropyLoss(), new SGD(model.parameters(), 0.1), loader)
            .epochs()
            .getLast();
    assertEquals(
        Math.exp(epoch.validationLoss()), epoch.validationMetrics().get("perplexity"), 1e-5);
  }

  @Test
  void eachPixelOfAnImageIsASample() {
    Tensor scores = Tensor.of(1.0, 0, 3, 0, /**/ 0, 2, 0, 4).reshape(1, 2, 2, 2);
    Metric accuracy = new Accuracy();
    accuracy.add(scores, Tensor.of(0, 1, 0, 0).reshape(1, 2, 2));
    assertEquals(0.75, accuracy.value());
  }

  @Test
  void whatTheLossIgnoresNoMetricCounts() {
    for (Metric metric :
        List.of(
            new Accuracy(),
            new TopK(1),
            new ConfusionMatrix(3),
            new LogLoss(),
            new F1(Average.MICRO, 3))) {
      metric.add(LOGITS, Tensor.of(0, 2));
      double value = metric.value();
      metric.add(LOGITS, Tensor.of(-100, -100));
      metric.add(LOGITS, Tensor.of(0, -100));
      metric.add(LOGITS, Tensor.of(-100, 2));
      assertEquals(value, metric.value(), metric.name());
    }
  }

  @Test
  void aScoreOnTheThresholdSpeaksForClassZero() {
    Tensor scores = Tensor.of(0.0, 0.0, 1.0);
    Tensor target = Tensor.of(0, 1, 1);
    Metric accuracy = new Accuracy();
    accuracy.add(scores, target);
    TopK best = new TopK(1);
    best.add(scores, target);
    assertEquals(2 / 3.0, accuracy.value());
    assertEquals(2 / 3.0, best.value());
  }

  @Test
  void paddingDoesNotCount() {
    Metric perplexity = new Perplexity(0);
    perplexity.add(LOGITS, Tensor.of(0, 2));
    assertEquals(1 + 2 / Math.E, perplexity.value(), 1e-12);
  }

  @Test
  void ofEqualScoresTheHigherClassIsAhead() {
    Tensor equal = Tensor.zeros(3, 3);
    TopK best = new TopK(1);
    best.add(equal, Tensor.of(0, 1, 2));
    assertEquals(1 / 3.0, best.value());
    TopK two = new TopK(2);
    two.add(equal, Tensor.of(0, 1, 1));
    assertEquals(2 / 3.0, two.value());
  }

  @Test
  void theThresholdOfProbabilitiesIsOneHalf() {
    Tensor p = Tensor.of(.2, .5, .7);
    Metric accuracy = new Accuracy(0.5);
    accuracy.add(p, Tensor.of(0, 0, 1));
    assertEquals(1, accuracy.value());
  }

  @Test
  void classesThatNeverOccurDoNotEnterTheMacroAverage() {
    Metric recall = new Recall(Average.MACRO, 9);
    recall.add(Tensor.of(0, 1), Tensor.of(0, 1));
    assertEquals(1, recall.value());
  }

  @Test
  void theConfusionMatrixIsATable() {
    var matrix = new ConfusionMatrix(List.of("setosa", "virginica"));
    matrix.add(Tensor.of(0, 0, 1, 1, 1), Tensor.of(0, 0, 0, 1, 1));
    assertEquals(
        """
        true \\ predicted
                     setosa virginica   recall
           setosa         2         1     66.7
        virginica         .         2    100.0
        precision     100.0      66.7
        accuracy 80.00 %
        """,
        matrix.toString());
  }

  @Test
  void aConfusionMatrixGoesBesideAnAccuracy() {
    assertEquals("confusion matrix", new ConfusionMatrix(2).name());
    assertEquals("accuracy", new Accuracy().name());
  }

  @Test
  void badOptionsAreRefused() {
    assertEquals(
        "the 0 highest scores\n  hint: take at least 1 for k",
        assertThrows(OptionException.class, () -> new TopK(0)).getMessage());
    assertEquals(
        "a binary recall of 3 classes\n  hint: choose MACRO, MICRO or WEIGHTED for more than two",
        assertThrows(OptionException.class, () -> new Recall(Average.BINARY, 3)).getMessage());
    assertEquals(
        "1 classes\n  hint: there are at least 2, also if only one of them occurs",
        assertThrows(OptionException.class, () -> new ConfusionMatrix(1)).getMessage());
  }

  @Test
  void manySamplesKeepTheirDigits() {
    R2 r2 = new R2();
    for (int i = 0; i < 1_000; i++) {
      double target = 1e9 + i % 2;
      r2.add(Tensor.of(target + 0.1).reshape(1), Tensor.of(target).reshape(1));
    }
    assertEquals(1 - 0.01 / 0.25, r2.value(), 1e-6);
  }

  @Test
  void theStateOfAnotherMetricIsRefused() {
    var error = new MeanAbsoluteError();
    error.add(Tensor.ones(2, 3), Tensor.zeros(2, 3));
    String message =
        assertThrows(StateException.class, () -> new Accuracy().loadStateDict(error.stateDict()))
            .getMessage();
    assertEquals(
        """
        accuracy.loadStateDict: the saved state does not fit
            impossible  gathered  5 numbers of another metric
          hint: load what the same metric gave""",
        message);
    assertThrows(StateException.class, () -> new R2().loadStateDict(error.stateDict()));
    assertThrows(StateException.class, () -> new R2().loadStateDict(Map.of()));
  }

  @Test
  void scalarsAreOneSample() {
    Metric accuracy = new Accuracy();
    accuracy.add(LOGITS.slice(0, 1, 2, 1), Tensor.of(2).reshape(1, 1));
    assertEquals(1, accuracy.value());
    assertThrows(ShapeException.class, () -> accuracy.add(LOGITS, Tensor.of(1)));
  }
}
