package org.wengert.nn;

import org.wengert.F;

/// `x` held between 0 and 6, element by element: a ReLU that fits into few bits.
///
/// Several threads may call `forward` at once.
///
/// Source: `torch.nn.ReLU6`.
public final class ReLU6 extends Activation {
  /// The only kind there is.
  public ReLU6() {
    super(F::relu6);
  }
}
