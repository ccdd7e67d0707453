package org.wengert.nn;

import org.wengert.Variable;

/// `1/(1 + exp(-x))`, element by element: from 0 to 1.
///
/// Several threads may call `forward` at once.
///
/// Source: `torch.nn.Sigmoid`.
public final class Sigmoid extends Watched {
  /// The only kind there is.
  public Sigmoid() {}

  @Override
  Variable compute(Variable x) {
    return x.sigmoid();
  }
}
