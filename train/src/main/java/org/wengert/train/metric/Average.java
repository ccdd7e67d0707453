package org.wengert.train.metric;

/// How the scores of single classes become one number. scikit-learn's `average`.
public enum Average {
  /// The score of class 1 of two.
  BINARY,
  /// The mean over the classes that occur among targets or predictions: every class weighs the
  /// same.
  MACRO,
  /// The score of all samples together, as if they were of one class: every sample weighs the same.
  /// Where each sample has one class, this is the accuracy.
  MICRO,
  /// The mean over the classes, each by its share of the targets.
  WEIGHTED
}
