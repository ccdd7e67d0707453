package org.wengert.nn;

import org.wengert.Variable;

/// `tanh x`, element by element: from -1 to 1.
///
/// Several threads may call `forward` at once.
///
/// Source: `torch.nn.Tanh`.
public final class Tanh extends Watched {
  /// The only kind there is.
  public Tanh() {}

  @Override
  Variable compute(Variable x) {
    return x.tanh();
  }
}
