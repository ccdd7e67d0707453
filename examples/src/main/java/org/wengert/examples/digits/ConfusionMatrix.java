package org.wengert.examples.digits;

import java.util.Locale;

/// How often each true class was predicted as each class.
///
/// The diagonal counts what was right; everything else tells which digits look alike to the model.
public final class ConfusionMatrix {
  private final int[][] counts;

  private ConfusionMatrix(int[][] counts) {
    this.counts = counts;
  }

  /// Counts the pairs `(truth[i], predicted[i])`, both from 0 to `classes - 1`.
  public static ConfusionMatrix of(int[] truth, int[] predicted, int classes) {
    if (truth.length != predicted.length) {
      throw new IllegalArgumentException(
          truth.length + " labels meet " + predicted.length + " predictions");
    }
    int[][] counts = new int[classes][classes];
    for (int i = 0; i < truth.length; i++) {
      counts[truth[i]][predicted[i]]++;
    }
    return new ConfusionMatrix(counts);
  }

  /// How many items of class `truth` were predicted as `predicted`.
  public int count(int truth, int predicted) {
    return counts[truth][predicted];
  }

  /// The share of all items that were right, 0 to 1; NaN if there are none.
  public double accuracy() {
    long right = 0;
    long all = 0;
    for (int truth = 0; truth < counts.length; truth++) {
      right += counts[truth][truth];
      all += total(truth);
    }
    return (double) right / all;
  }

  /// The share of the items of class `truth` that were found, 0 to 1; NaN if there are none.
  public double recall(int truth) {
    return (double) counts[truth][truth] / total(truth);
  }

  private long total(int truth) {
    long total = 0;
    for (int count : counts[truth]) {
      total += count;
    }
    return total;
  }

  /// A table: one row for each truth, one column for each prediction, `.` for zero, recall last.
  @Override
  public String toString() {
    StringBuilder table = new StringBuilder("true \\ predicted\n     ");
    for (int predicted = 0; predicted < counts.length; predicted++) {
      table.append("%6s".formatted("" + predicted));
    }
    table.append("   recall\n");
    for (int truth = 0; truth < counts.length; truth++) {
      table.append("%5s".formatted("" + truth));
      for (int count : counts[truth]) {
        table.append("%6s".formatted(count == 0 ? "." : "" + count));
      }
      table.append("  ").append(percent(recall(truth))).append('\n');
    }
    return table.append("accuracy ").append(percent(accuracy()).strip()).append('\n').toString();
  }

  private static String percent(double share) {
    return Double.isNaN(share) ? "      -" : String.format(Locale.ROOT, "%5.1f %%", 100 * share);
  }
}
