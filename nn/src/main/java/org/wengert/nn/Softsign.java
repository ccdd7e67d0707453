package org.wengert.nn;

import org.wengert.F;

/// `x / (1 + |x|)`, element by element: from -1 to 1 like [Tanh], but slower to saturate.
///
/// Several threads may call `forward` at once.
///
/// Source: `torch.nn.Softsign`.
public final class Softsign extends Activation {
  /// The only kind there is.
  public Softsign() {
    super(F::softsign);
  }
}
