package org.wengert.train.metric;

import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.wengert.tensor.OptionException;
import org.wengert.tensor.Tensor;

/// How often each true class was predicted as each class. The diagonal counts what was right;
/// everything else tells which classes look alike to the model.
///
/// The value is the accuracy, the share of the diagonal; the table of a model is had by
/// [org.wengert.train.Trainer#evaluate]. Forms of outputs: see the package. Holds state; not
/// thread-safe.
///
/// Source: scikit-learn's `confusion_matrix`.
public final class ConfusionMatrix extends Gathered {
  private final List<String> labels;
  private final double threshold;
  private final long[][] counts;

  /// Of so many classes, named by their numbers.
  ///
  /// @throws OptionException if there are fewer than 2
  public ConfusionMatrix(int classes) {
    this(IntStream.range(0, classes).mapToObj(Integer::toString).toList());
  }

  /// Of classes with names, which the table shows.
  ///
  /// @throws OptionException if there are fewer than 2
  public ConfusionMatrix(List<String> labels) {
    this(labels, 0);
  }

  /// Of classes with names; a single score speaks for class 1 if it is above `threshold`.
  ///
  /// @throws OptionException if there are fewer than 2
  public ConfusionMatrix(List<String> labels, double threshold) {
    super(labels.size() * labels.size());
    this.labels = List.copyOf(labels);
    this.threshold = threshold;
    if (labels.size() < 2) {
      throw new OptionException(labels.size() + " classes")
          .hint("there are at least 2, also if only one of them occurs");
    }
    counts = new long[labels.size()][labels.size()];
  }

  @Override
  public String name() {
    return "confusion matrix";
  }

  @Override
  public void add(Tensor output, Tensor target) {
    add(name(), output, target);
  }

  void add(String name, Tensor output, Tensor target) {
    Scored batch = Scored.of(name, output, target, classes(), Scored.IGNORED);
    for (int i = 0; i < batch.size(); i++) {
      if (batch.counts(i)) {
        counts[batch.targets()[i]][batch.predicted(i, threshold)]++;
      }
    }
  }

  /// The number of classes.
  public int classes() {
    return counts.length;
  }

  /// The names of the classes.
  public List<String> labels() {
    return labels;
  }

  /// How many samples of class `truth` were predicted as `predicted`.
  public long count(int truth, int predicted) {
    return counts[truth][predicted];
  }

  /// The counts, rows by true class, as an `INT64` of shape `(C, C)`.
  public Tensor counts() {
    return Tensor.ofArray(counts);
  }

  /// The number of samples.
  public long total() {
    return IntStream.range(0, classes()).mapToLong(this::occurring).sum();
  }

  /// How many samples are of this class.
  long occurring(int truth) {
    return IntStream.range(0, classes()).mapToLong(c -> counts[truth][c]).sum();
  }

  /// How many samples were predicted as this class.
  long predicted(int predicted) {
    return IntStream.range(0, classes()).mapToLong(c -> counts[c][predicted]).sum();
  }

  /// The share of all samples that were right, 0 to 1; `NaN` if there are none.
  @Override
  public double value() {
    long right = IntStream.range(0, classes()).mapToLong(c -> counts[c][c]).sum();
    return (double) right / total();
  }

  @Override
  double[] gathered() {
    return counts().toDoubleArray();
  }

  @Override
  void gathered(double[] numbers) {
    for (int i = 0; i < numbers.length; i++) {
      counts[i / classes()][i % classes()] = (long) numbers[i];
    }
  }

  /// A table: one row for each true class, one column for each prediction, `.` for zero, recall
  /// (in per cent) last; below it the precisions and the accuracy.
  @Override
  public String toString() {
    int longest = labels.stream().mapToInt(String::length).max().orElse(0);
    int name = Math.max(9, longest); // "precision"
    int wide = Math.max(6, longest + 1);
    StringBuilder table = new StringBuilder("true \\ predicted\n").append(" ".repeat(name));
    labels.forEach(label -> table.append(right(label, wide)));
    table.append(right("recall", 9)).append('\n');
    for (int truth = 0; truth < classes(); truth++) {
      table.append(right(labels.get(truth), name));
      for (long count : counts[truth]) {
        table.append(right(count == 0 ? "." : "" + count, wide));
      }
      table.append(percent(counts[truth][truth], occurring(truth), 9)).append('\n');
    }
    table.append(right("precision", name));
    for (int c = 0; c < classes(); c++) {
      table.append(percent(counts[c][c], predicted(c), wide));
    }
    String accuracy = total() == 0 ? "-" : String.format(Locale.ROOT, "%.2f %%", 100 * value());
    return table.append("\naccuracy ").append(accuracy).append('\n').toString();
  }

  private static String percent(long part, long whole, int width) {
    String share = whole == 0 ? "-" : String.format(Locale.ROOT, "%.1f", 100.0 * part / whole);
    return right(share, width);
  }

  private static String right(String text, int width) {
    return " ".repeat(Math.max(0, width - text.length())) + text;
  }
}
