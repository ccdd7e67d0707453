package org.wengert.train.estimator;

/// How the learning rate of [Solver#SGD] changes.
public enum LearningRate {
  /// It stays as it is.
  CONSTANT,
  /// `learningRateInit / (t + 1)^powerT` after `t` samples.
  INVSCALING,
  /// It stays as it is as long as things get better; where the others would stop, it becomes a
  /// fifth, until it is 1e-6 or less.
  ADAPTIVE
}
