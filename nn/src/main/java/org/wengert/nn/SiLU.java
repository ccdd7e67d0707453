package org.wengert.nn;

import org.wengert.F;

/// `x σ(x)`, element by element, also called swish: smooth, and a little below 0 for negative
/// numbers.
///
/// Several threads may call `forward` at once.
///
/// Source: `torch.nn.SiLU`.
public final class SiLU extends Activation {
  /// The only kind there is.
  public SiLU() {
    super(F::silu);
  }
}
