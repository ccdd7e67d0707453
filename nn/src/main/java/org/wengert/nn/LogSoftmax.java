package org.wengert.nn;

import org.wengert.F;

/// `x - log Σ exp(x)` along an axis: the logarithm of the softmax, without underflow.
///
/// Several threads may call `forward` at once.
///
/// Source: `torch.nn.LogSoftmax`.
public final class LogSoftmax extends Activation {
  /// Along the given axis; -1 is the last one.
  public LogSoftmax(int axis) {
    super(x -> F.logSoftmax(x, axis), "axis=" + axis);
  }
}
