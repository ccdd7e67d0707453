package org.wengert.nn;

import org.wengert.F;

/// `exp(x) / Σ exp(x)` along an axis: positive numbers of sum 1. [CrossEntropyLoss] wants
/// logits, so a classifier that it trains has no softmax at its end.
///
/// Several threads may call `forward` at once.
///
/// Source: `torch.nn.Softmax`.
public final class Softmax extends Activation {
  /// Along the given axis; -1 is the last one.
  public Softmax(int axis) {
    super(x -> F.softmax(x, axis), "axis=" + axis);
  }
}
