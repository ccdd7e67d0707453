package org.wengert.nn;

import org.wengert.F;

/// `exp(-x) / Σ exp(-x)` along an axis: positive numbers of sum 1, the largest for the
/// smallest.
///
/// Several threads may call `forward` at once.
///
/// Source: `torch.nn.Softmin`.
public final class Softmin extends Activation {
  /// Along the given axis; -1 is the last one.
  public Softmin(int axis) {
    super(x -> F.softmax(x.neg(), axis), "axis=" + axis);
  }
}
