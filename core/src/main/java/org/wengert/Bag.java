package org.wengert;

/// What becomes of the vectors in a bag of `embeddingBag`.
public enum Bag {
  /// Their sum.
  SUM,
  /// Their mean.
  MEAN,
  /// The largest of each element; the gradient goes to the first of equals.
  MAX
}
