package org.wengert.nn;

import org.wengert.F;

/// `(x + 3)/6` held between 0 and 1, element by element: a [Sigmoid] without exponentials.
///
/// Several threads may call `forward` at once.
///
/// Source: `torch.nn.Hardsigmoid`.
public final class Hardsigmoid extends Activation {
  /// The only kind there is.
  public Hardsigmoid() {
    super(F::hardsigmoid);
  }
}
