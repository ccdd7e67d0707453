package org.wengert.train.metric;

/// How much of a class was found: what counts when missing one is costly.
///
/// ```
/// recall = hits / occurring
/// ```
///
/// 0 where that is 0/0, as scikit-learn says by default. `NaN` of no samples. Forms of outputs: see
/// the package. Holds state; not thread-safe.
///
/// Source: scikit-learn's `recall_score`.
public final class Recall extends ClassScore {
  /// Of class 1 of two.
  public Recall() {
    this(Average.BINARY, 2);
  }

  /// Of so many classes, averaged.
  ///
  /// @throws org.wengert.tensor.OptionException if there are fewer than 2 classes, or another
  ///     number with [Average#BINARY]
  public Recall(Average average, int classes) {
    super(average, classes);
  }

  @Override
  String title() {
    return "recall";
  }

  @Override
  double score(long hits, long predicted, long occurring) {
    return ratio(hits, occurring);
  }
}
