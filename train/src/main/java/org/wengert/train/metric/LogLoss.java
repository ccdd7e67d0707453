package org.wengert.train.metric;

/// The mean of `-log p`, where `p` is the probability that the model gave to the right class: it
/// punishes being sure of what is wrong. Cross entropy, without a gradient.
///
/// Outputs are logits, or probabilities with [#ofProbabilities]. `NaN` of no samples. Holds state;
/// not thread-safe.
///
/// Source: scikit-learn's `log_loss`.
public final class LogLoss extends LogLikelihood {
  /// Of logits: `p` is their softmax, or the logistic function of a single one.
  public LogLoss() {
    this(false);
  }

  private LogLoss(boolean probabilities) {
    super("log loss", Scored.IGNORED, probabilities);
  }

  /// Of probabilities. They are kept away from 0 and 1 by the rounding error of their type, as in
  /// scikit-learn; rows must sum to 1.
  public static LogLoss ofProbabilities() {
    return new LogLoss(true);
  }

  @Override
  public double value() {
    return -mean();
  }
}
