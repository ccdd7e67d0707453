package org.wengert.nn;

import org.wengert.F;

/// `x` if positive, else `alpha (exp(x/alpha) - 1)`, element by element: an [ELU] without a
/// kink for any `alpha`.
///
/// Several threads may call `forward` at once.
///
/// Source: Barron, "Continuously differentiable exponential linear units", 2017;
/// `torch.nn.CELU`.
public final class CELU extends Activation {
  /// With `alpha = 1`.
  public CELU() {
    this(1);
  }

  /// With the given limit `-alpha` on the negative side.
  public CELU(double alpha) {
    super(x -> F.celu(x, alpha), "alpha=" + alpha);
  }
}
