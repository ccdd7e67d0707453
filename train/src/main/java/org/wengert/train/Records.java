package org.wengert.train;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedMap;
import java.util.stream.DoubleStream;
import java.util.stream.LongStream;
import org.wengert.StateException;
import org.wengert.tensor.Stateful;
import org.wengert.tensor.Tensor;

/// What was reported so far, saved as tables of numbers. Holds that state.
///
/// It is saved with each checkpoint, so steps are thinned out where they get many: of the first
/// 100,000 all are there, then every second, then every fourth, and always the last.
final class Records implements Stateful {
  private static final int MANY = 100_000;
  private static final int COUNTS = 5;
  private static final int FIGURES = 3;
  private static final int EPOCH_COUNTS = 3;
  private static final int EPOCH_FIGURES = 4;

  private final int many;
  private final List<String> metrics;
  private final List<String> validationMetrics;
  private final List<StepReport> steps = new ArrayList<>();
  private final List<EpochReport> epochs = new ArrayList<>();

  Records(List<String> metrics, List<String> validationMetrics) {
    this(metrics, validationMetrics, MANY);
  }

  /// @param many steps at most, before every second one goes; at least 4
  Records(List<String> metrics, List<String> validationMetrics, int many) {
    this.many = many;
    this.metrics = metrics;
    this.validationMetrics = validationMetrics;
  }

  void add(StepReport step) {
    long every = steps.size() < 2 ? 1 : steps.get(1).step() - steps.getFirst().step();
    if (!steps.isEmpty() && !isKept(steps.getLast(), every)) {
      steps.removeLast();
    }
    if (steps.size() == many) {
      steps.removeIf(one -> !isKept(one, 2 * every));
    }
    steps.add(step);
  }

  private boolean isKept(StepReport step, long every) {
    return (step.step() - steps.getFirst().step()) % every == 0;
  }

  void add(EpochReport epoch) {
    epochs.add(epoch);
  }

  /// The learning rate of the last step.
  double lastRate() {
    return steps.getLast().learningRate();
  }

  History history(String end) {
    return new History(steps, epochs, end);
  }

  private int epochFigures() {
    return EPOCH_FIGURES + metrics.size() + validationMetrics.size();
  }

  @Override
  public SequencedMap<String, Tensor> stateDict() {
    long[] counts =
        steps.stream()
            .flatMapToLong(
                s -> LongStream.of(s.step(), s.epoch(), s.batch(), s.batches(), s.samples()))
            .toArray();
    double[] figures =
        steps.stream()
            .flatMapToDouble(s -> DoubleStream.of(s.loss(), s.learningRate(), s.gradientNorm()))
            .toArray();
    SequencedMap<String, Tensor> state = new LinkedHashMap<>();
    state.put("steps.counts", Tensor.of(counts).reshape(steps.size(), COUNTS));
    state.put("steps.figures", Tensor.of(figures).reshape(steps.size(), FIGURES));
    long[] epochCounts =
        epochs.stream()
            .flatMapToLong(e -> LongStream.of(e.epoch(), e.epochs(), e.step()))
            .toArray();
    double[] epochFigures =
        epochs.stream().flatMap(e -> figures(e).stream()).mapToDouble(x -> x).toArray();
    state.put("epochs.counts", Tensor.of(epochCounts).reshape(epochs.size(), EPOCH_COUNTS));
    state.put("epochs.figures", Tensor.of(epochFigures).reshape(epochs.size(), epochFigures()));
    return state;
  }

  private static List<Double> figures(EpochReport e) {
    List<Double> figures =
        new ArrayList<>(List.of(e.loss(), e.validationLoss(), e.learningRate(), e.seconds()));
    figures.addAll(e.metrics().values());
    figures.addAll(e.validationMetrics().values());
    return figures;
  }

  @Override
  public void loadStateDict(Map<String, Tensor> state) {
    Tensor counts = require(state, "steps.counts", COUNTS);
    Tensor figures = require(state, "steps.figures", FIGURES);
    Tensor epochCounts = require(state, "epochs.counts", EPOCH_COUNTS);
    Tensor epochFigures = require(state, "epochs.figures", epochFigures());
    steps.clear();
    epochs.clear();
    long[] n = counts.toLongArray();
    double[] x = figures.toDoubleArray();
    for (int i = 0, j = 0; i < n.length; i += COUNTS, j += FIGURES) {
      steps.add(
          new StepReport(
              n[i],
              (int) n[i + 1],
              (int) n[i + 2],
              (int) n[i + 3],
              (int) n[i + 4],
              x[j],
              x[j + 1],
              x[j + 2]));
    }
    loadEpochs(epochCounts.toLongArray(), epochFigures.toDoubleArray());
  }

  private void loadEpochs(long[] n, double[] x) {
    for (int i = 0, j = 0; i < n.length; i += EPOCH_COUNTS, j += epochFigures()) {
      int own = j + EPOCH_FIGURES;
      epochs.add(
          new EpochReport(
              (int) n[i],
              (int) n[i + 1],
              n[i + 2],
              x[j],
              named(metrics, x, own),
              x[j + 1],
              named(validationMetrics, x, own + metrics.size()),
              x[j + 2],
              x[j + 3]));
    }
  }

  private static SequencedMap<String, Double> named(List<String> names, double[] x, int from) {
    SequencedMap<String, Double> values = new LinkedHashMap<>();
    for (int i = 0; i < names.size(); i++) {
      values.put(names.get(i), x[from + i]);
    }
    return Collections.unmodifiableSequencedMap(values);
  }

  private static Tensor require(Map<String, Tensor> state, String key, int columns) {
    Tensor table = state.get(key);
    if (table == null || table.rank() != 2 || table.size(1) != columns) {
      throw new StateException(
              "the history's "
                  + key
                  + " has "
                  + Objects.toString(table == null ? null : table.shape())
                  + ", expected "
                  + columns
                  + " columns")
          .hint("go on with the metrics and the validation that the training began with");
    }
    return table;
  }
}
