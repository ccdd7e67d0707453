package org.wengert.nn;

import org.wengert.F;
import org.wengert.Variable;

/// `log(1 + exp x)`, element by element, without overflow: a smooth ReLU that stays positive.
///
/// Several threads may call `forward` at once.
///
/// Source: `torch.nn.Softplus` with `beta = 1`.
public final class Softplus extends Watched {
  /// The only kind there is.
  public Softplus() {}

  @Override
  Variable compute(Variable x) {
    return F.softplus(x);
  }
}
