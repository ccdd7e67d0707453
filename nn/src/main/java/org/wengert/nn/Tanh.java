package org.wengert.nn;

import org.wengert.F;

/// `tanh x`, element by element: from -1 to 1, with mean 0 where [Sigmoid] has 1/2.
///
/// Several threads may call `forward` at once.
///
/// Source: `torch.nn.Tanh`.
public final class Tanh extends Activation {
  /// The only kind there is.
  public Tanh() {
    super(F::tanh);
  }
}
