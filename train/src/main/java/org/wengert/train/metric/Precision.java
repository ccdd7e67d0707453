package org.wengert.train.metric;

/// How much of what was said to be of a class is: what counts when a false alarm is costly.
///
/// ```
/// precision = hits / predicted
/// ```
///
/// 0 where that is 0/0, as scikit-learn says by default. `NaN` of no samples. Forms of outputs: see
/// the package. Holds state; not thread-safe.
///
/// Source: scikit-learn's `precision_score`.
public final class Precision extends ClassScore {
  /// Of class 1 of two.
  public Precision() {
    this(Average.BINARY, 2);
  }

  /// Of so many classes, averaged.
  ///
  /// @throws org.wengert.tensor.OptionException if there are fewer than 2 classes, or another
  ///     number with [Average#BINARY]
  public Precision(Average average, int classes) {
    super(average, classes);
  }

  @Override
  String title() {
    return "precision";
  }

  @Override
  double score(long hits, long predicted, long occurring) {
    return ratio(hits, predicted);
  }
}
