package org.wengert.train;

/// What makes an epoch better than another: for the best checkpoint, early stopping, and the
/// schedule that waits for a plateau.
///
/// @param measure `loss`, or the name of a metric; that of the validation samples if there are any
/// @param maximize whether more is better, as with an accuracy
public record Goal(String measure, boolean maximize) {
  /// The least loss.
  public static Goal loss() {
    return new Goal("loss", false);
  }

  /// The largest value of a metric.
  public static Goal maximize(String metric) {
    return new Goal(metric, true);
  }

  /// The least value of a metric.
  public static Goal minimize(String metric) {
    return new Goal(metric, false);
  }

  /// Whether a value is better than another by more than `margin`; one that is not a number is not,
  /// and everything else is better than that.
  boolean isBetter(double value, double than, double margin) {
    if (Double.isNaN(than)) {
      return !Double.isNaN(value);
    }
    return maximize ? value > than + margin : value < than - margin;
  }
}
