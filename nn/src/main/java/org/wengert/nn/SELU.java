package org.wengert.nn;

import org.wengert.F;

/// `scale · (x if positive, else alpha (exp x - 1))`, element by element, with the two
/// constants that keep mean 0 and variance 1 from layer to layer.
///
/// Several threads may call `forward` at once.
///
/// Source: Klambauer et al., "Self-normalizing neural networks", 2017; `torch.nn.SELU`.
public final class SELU extends Activation {
  /// The only kind there is.
  public SELU() {
    super(F::selu);
  }
}
