package org.wengert.nn;

import org.wengert.F;

/// `x` if positive, else `alpha (exp x - 1)`, element by element.
///
/// Several threads may call `forward` at once.
///
/// Source: Clevert, Unterthiner, Hochreiter, "Exponential linear units", 2016; `torch.nn.ELU`.
public final class ELU extends Activation {
  /// With `alpha = 1`.
  public ELU() {
    this(1);
  }

  /// With the given limit `-alpha` on the negative side.
  public ELU(double alpha) {
    super(x -> F.elu(x, alpha), "alpha=" + alpha);
  }
}
