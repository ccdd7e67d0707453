package org.wengert.train.metric;

/// The harmonic mean of precision and recall: high only if both are.
///
/// ```
/// F1 = 2 hits / (predicted + occurring)
/// ```
///
/// 0 where that is 0/0, as scikit-learn says by default. `NaN` of no samples. Forms of outputs: see
/// the package. Holds state; not thread-safe.
///
/// Source: scikit-learn's `f1_score`.
public final class F1 extends ClassScore {
  /// Of class 1 of two.
  public F1() {
    this(Average.BINARY, 2);
  }

  /// Of so many classes, averaged.
  ///
  /// @throws org.wengert.tensor.OptionException if there are fewer than 2 classes, or another
  ///     number with [Average#BINARY]
  public F1(Average average, int classes) {
    super(average, classes);
  }

  @Override
  String title() {
    return "F1";
  }

  @Override
  double score(long hits, long predicted, long occurring) {
    return ratio(2 * hits, predicted + occurring);
  }
}
