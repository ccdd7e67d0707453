package org.wengert.nn;

import org.wengert.F;

/// `x - tanh x`, element by element: nearly 0 around 0.
///
/// Several threads may call `forward` at once.
///
/// Source: `torch.nn.Tanhshrink`.
public final class Tanhshrink extends Activation {
  /// The only kind there is.
  public Tanhshrink() {
    super(F::tanhshrink);
  }
}
