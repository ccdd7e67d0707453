package org.wengert.nn;

import org.wengert.F;

/// `max(x, 0)`, element by element, with derivative 0 at 0: the usual choice for hidden
/// layers.
///
/// Several threads may call `forward` at once.
///
/// Source: `torch.nn.ReLU`.
public final class ReLU extends Activation {
  /// The only kind there is.
  public ReLU() {
    super(F::relu);
  }
}
