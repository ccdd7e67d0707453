package org.wengert.nn;

import org.wengert.F;
import org.wengert.Variable;

/// `x - log Σ exp(x)` along an axis: the logarithm of the softmax, without underflow.
///
/// Several threads may call `forward` at once.
///
/// Source: `torch.nn.LogSoftmax`.
public final class LogSoftmax extends Watched {
  private final int axis;

  /// Along the given axis; -1 is the last one.
  public LogSoftmax(int axis) {
    this.axis = axis;
  }

  @Override
  Variable compute(Variable x) {
    return F.logSoftmax(x, axis);
  }

  @Override
  protected String settings() {
    return "axis=" + axis;
  }
}
