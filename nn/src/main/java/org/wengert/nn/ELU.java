package org.wengert.nn;

import org.wengert.F;
import org.wengert.Variable;

/// `x` if positive, else `alpha (exp x - 1)`, element by element.
///
/// Several threads may call `forward` at once.
///
/// Source: Clevert, Unterthiner, Hochreiter, "Exponential linear units", 2016; `torch.nn.ELU`.
public final class ELU extends Watched {
  private final double alpha;

  /// With `alpha = 1`.
  public ELU() {
    this(1);
  }

  /// With the given limit `-alpha` on the negative side.
  public ELU(double alpha) {
    this.alpha = alpha;
  }

  @Override
  Variable compute(Variable x) {
    return F.elu(x, alpha);
  }

  @Override
  protected String settings() {
    return "alpha=" + alpha;
  }
}
