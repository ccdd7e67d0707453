package org.wengert.nn;

import org.wengert.Variable;

/// `max(x, 0)`, element by element, with derivative 0 at 0.
///
/// Several threads may call `forward` at once.
///
/// Source: `torch.nn.ReLU`.
public final class ReLU extends Watched {
  /// The only kind there is.
  public ReLU() {}

  @Override
  Variable compute(Variable x) {
    return x.relu();
  }
}
