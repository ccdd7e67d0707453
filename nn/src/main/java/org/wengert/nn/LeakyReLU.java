package org.wengert.nn;

import org.wengert.F;
import org.wengert.Variable;

/// `x` if positive, else `slope · x`, element by element: a ReLU that never stops learning.
///
/// Several threads may call `forward` at once.
///
/// Source: `torch.nn.LeakyReLU`.
public final class LeakyReLU extends Watched {
  private final double slope;

  /// With slope 0.01.
  public LeakyReLU() {
    this(0.01);
  }

  /// With the given slope on the negative side.
  public LeakyReLU(double slope) {
    this.slope = slope;
  }

  @Override
  Variable compute(Variable x) {
    return F.leakyRelu(x, slope);
  }

  @Override
  protected String settings() {
    return "slope=" + slope;
  }
}
