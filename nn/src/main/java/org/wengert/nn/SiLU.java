package org.wengert.nn;

import org.wengert.F;
import org.wengert.Variable;

/// `x σ(x)`, element by element, also called swish.
///
/// Several threads may call `forward` at once.
///
/// Source: `torch.nn.SiLU`.
public final class SiLU extends Watched {
  /// The only kind there is.
  public SiLU() {}

  @Override
  Variable compute(Variable x) {
    return F.silu(x);
  }
}
