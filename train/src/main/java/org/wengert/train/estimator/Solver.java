package org.wengert.train.estimator;

/// The method that makes the loss small.
public enum Solver {
  /// L-BFGS, on all samples at once: for few samples.
  LBFGS,
  /// Stochastic gradient descent with momentum.
  SGD,
  /// Adam (Kingma, Ba, 2015).
  ADAM
}
