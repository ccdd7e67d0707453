package org.wengert.train.metric;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.wengert.F;
import org.wengert.Variable;
import org.wengert.tensor.Tensor;

class MetricProperties {
  private static final int CLASSES = 4;
  private static final List<Supplier<Metric>> OF_SCORES =
      List.of(
          Accuracy::new,
          () -> new TopK(2),
          () -> new ConfusionMatrix(CLASSES),
          () -> new Precision(Average.MACRO, CLASSES),
          () -> new Recall(Average.WEIGHTED, CLASSES),
          () -> new F1(Average.MICRO, CLASSES),
          LogLoss::new,
          Perplexity::new);
  private static final List<Supplier<Metric>> OF_TWO =
      List.of(Accuracy::new, Precision::new, Recall::new, F1::new, RocAuc::new, LogLoss::new);
  private static final List<Supplier<Metric>> OF_NUMBERS =
      List.of(MeanAbsoluteError::new, RootMeanSquaredError::new, R2::new);

  private static Tensor scores(Random random, int... sizes) {
    int count = Arrays.stream(sizes).reduce(1, (a, b) -> a * b);
    return Tensor.of(random.doubles(count, -3, 3).toArray()).reshape(sizes);
  }

  /// Few different numbers, so that many are equal.
  private static Tensor classes(Random random, int samples, int classes) {
    return Tensor.of(random.ints(samples, 0, classes).toArray());
  }

  private static void assertSameInParts(
      List<Supplier<Metric>> metrics, Tensor output, Tensor target, Random random) {
    for (Supplier<Metric> kind : metrics) {
      Metric whole = kind.get();
      whole.add(output, target);
      Metric parts = kind.get();
      parts.add(output.slice(0, 0, 1, 1), target.slice(0, 0, 1, 1));
      parts.reset();
      for (int from = 0; from < target.size(0); ) {
        int to = from + 1 + random.nextInt(target.size(0) - from);
        parts.add(output.slice(0, from, to, 1), target.slice(0, from, to, 1));
        Metric restored = kind.get();
        restored.loadStateDict(parts.stateDict());
        parts = restored;
        from = to;
      }
      assertEquals(whole.value(), parts.value(), whole.name()); // equal bits, NaN included
    }
  }

  @Property(tries = 40)
  void neitherBatchesNorInterruptionsMatter(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 60) int n) {
    Random random = new Random(seed);
    assertSameInParts(OF_SCORES, scores(random, n, CLASSES), classes(random, n, CLASSES), random);
    assertSameInParts(OF_TWO, scores(random, n), classes(random, n, 2), random);
    assertSameInParts(OF_TWO, scores(random, n, 1), classes(random, n, 2), random);
    assertSameInParts(OF_NUMBERS, scores(random, n, 3), scores(random, n, 3), random);
  }

  @Property(tries = 100)
  void theAreaUnderTheCurveCountsPairs(
      @ForAll long seed, @ForAll @IntRange(min = 2, max = 40) int n) {
    Random random = new Random(seed);
    double[] scores = random.ints(n, 0, 8).asDoubleStream().toArray();
    int[] truth = random.ints(n, 0, 2).toArray();
    double right = 0;
    double pairs = 0;
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        if (truth[i] == 1 && truth[j] == 0) {
          pairs++;
          right += scores[i] > scores[j] ? 1 : scores[i] == scores[j] ? 0.5 : 0;
        }
      }
    }
    Metric auc = new RocAuc();
    auc.add(Tensor.of(scores), Tensor.of(truth));
    assertEquals(right / pairs, auc.value());
  }

  @Property(tries = 40)
  void logLossIsCrossEntropyAndPerplexityItsExponential(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 30) int n) {
    Random random = new Random(seed);
    Tensor logits = scores(random, n, CLASSES);
    Tensor truth = classes(random, n, CLASSES);
    double expected = F.crossEntropy(Variable.constant(logits), Variable.constant(truth)).item();
    LogLoss logLoss = new LogLoss();
    logLoss.add(logits, truth);
    assertEquals(expected, logLoss.value(), 1e-12);
    LogLoss ofProbabilities = LogLoss.ofProbabilities();
    ofProbabilities.add(F.softmax(Variable.constant(logits), 1).value(), truth);
    assertEquals(expected, ofProbabilities.value(), 1e-12);
    Perplexity perplexity = new Perplexity();
    perplexity.add(logits, truth);
    assertEquals(Math.exp(expected), perplexity.value(), 1e-10);
  }

  @Property(tries = 40)
  void perplexityOfSequencesIsTheExponentialOfTheirLoss(
      @ForAll long seed,
      @ForAll @IntRange(min = 1, max = 4) int n,
      @ForAll @IntRange(min = 1, max = 5) int length) {
    Random random = new Random(seed);
    Tensor logits = scores(random, n * length, CLASSES).reshape(n, CLASSES, length);
    long[] truth = classes(random, n * length, CLASSES).toLongArray();
    truth[truth.length - 1] = truth.length > 1 ? -100 : truth[0];
    Tensor target = Tensor.of(truth).reshape(n, length);
    double loss = F.crossEntropy(Variable.constant(logits), Variable.constant(target)).item();
    Perplexity perplexity = new Perplexity();
    perplexity.add(logits, target);
    assertEquals(Math.exp(loss), perplexity.value(), 1e-10);
  }

  @Property(tries = 40)
  void aSingleLogitIsThatOfClassOneOfTwo(
      @ForAll long seed, @ForAll @IntRange(min = 2, max = 30) int n) {
    Random random = new Random(seed);
    Tensor two = scores(random, n, 2);
    double[][] rows = two.toArray(double[][].class);
    Tensor one = Tensor.of(Arrays.stream(rows).mapToDouble(row -> row[1] - row[0]).toArray());
    Tensor truth = classes(random, n, 2);
    for (Supplier<Metric> kind : OF_TWO) {
      Metric ofTwo = kind.get();
      ofTwo.add(two, truth);
      Metric ofOne = kind.get();
      ofOne.add(one, truth.to(org.wengert.tensor.DType.FLOAT32));
      assertEquals(ofTwo.value(), ofOne.value(), 1e-12, ofTwo.name());
    }
  }

  @Property(tries = 40)
  void microAveragesAreTheAccuracy(@ForAll long seed, @ForAll @IntRange(min = 1, max = 30) int n) {
    Random random = new Random(seed);
    Tensor output = scores(random, n, CLASSES);
    Tensor truth = classes(random, n, CLASSES);
    Accuracy accuracy = new Accuracy();
    accuracy.add(output, truth);
    for (Metric micro :
        List.of(
            new Precision(Average.MICRO, CLASSES),
            new Recall(Average.MICRO, CLASSES),
            new F1(Average.MICRO, CLASSES))) {
      micro.add(output, truth);
      assertEquals(accuracy.value(), micro.value(), micro.name());
    }
  }
}
