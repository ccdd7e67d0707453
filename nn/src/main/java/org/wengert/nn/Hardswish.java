package org.wengert.nn;

import org.wengert.F;

/// `x` times [Hardsigmoid] of `x`, element by element: a [SiLU] without exponentials.
///
/// Several threads may call `forward` at once.
///
/// Source: `torch.nn.Hardswish`.
public final class Hardswish extends Activation {
  /// The only kind there is.
  public Hardswish() {
    super(F::hardswish);
  }
}
