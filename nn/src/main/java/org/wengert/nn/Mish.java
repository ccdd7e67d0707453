package org.wengert.nn;

import org.wengert.F;

/// `x tanh(log(1 + exp x))`, element by element: close to [SiLU].
///
/// Several threads may call `forward` at once.
///
/// Source: Misra, "Mish: a self regularized non-monotonic activation function", 2019;
/// `torch.nn.Mish`.
public final class Mish extends Activation {
  /// The only kind there is.
  public Mish() {
    super(F::mish);
  }
}
