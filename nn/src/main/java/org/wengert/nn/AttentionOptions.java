package org.wengert.nn;

import org.wengert.tensor.OptionException;

/// The options of [MultiheadAttention], PyTorch's by default. Immutable.
///
/// @param dropout the probability with which, in training, a weight is dropped; by default 0
/// @param bias whether the projections have biases; by default they do
/// @param kdim the number of features of a key; 0, the default, means those of a query
/// @param vdim the number of features of a value; 0, the default, means those of a query
/// @param batchFirst whether inputs are `(samples, steps, features)`; by default they are `(steps,
///     samples, features)`
public record AttentionOptions(
    double dropout, boolean bias, int kdim, int vdim, boolean batchFirst) {
  /// Checks the numbers.
  ///
  /// @throws OptionException if `dropout` is no probability, or a number of features negative
  public AttentionOptions {
    new Dropout(dropout); // refuses what is no probability
    if (kdim < 0 || vdim < 0) {
      throw new OptionException("keys of " + kdim + " features, values of " + vdim)
          .hint("give numbers above 0, or 0 for as many as a query has");
    }
  }

  /// No dropout, biases, keys and values like queries, steps first.
  public static AttentionOptions defaults() {
    return new AttentionOptions(0, true, 0, 0, false);
  }

  /// These options with another probability of dropping weights.
  public AttentionOptions dropout(double dropout) {
    return new AttentionOptions(dropout, bias, kdim, vdim, batchFirst);
  }

  /// These options with or without biases.
  public AttentionOptions bias(boolean bias) {
    return new AttentionOptions(dropout, bias, kdim, vdim, batchFirst);
  }

  /// These options with another number of features of a key.
  public AttentionOptions kdim(int kdim) {
    return new AttentionOptions(dropout, bias, kdim, vdim, batchFirst);
  }

  /// These options with another number of features of a value.
  public AttentionOptions vdim(int vdim) {
    return new AttentionOptions(dropout, bias, kdim, vdim, batchFirst);
  }

  /// These options with samples or steps first.
  public AttentionOptions batchFirst(boolean batchFirst) {
    return new AttentionOptions(dropout, bias, kdim, vdim, batchFirst);
  }
}
