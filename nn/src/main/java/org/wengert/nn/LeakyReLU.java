package org.wengert.nn;

import org.wengert.F;

/// `x` if positive, else `slope · x`, element by element: a ReLU that never stops learning.
///
/// Several threads may call `forward` at once.
///
/// Source: `torch.nn.LeakyReLU`, which calls it `negative_slope`.
public final class LeakyReLU extends Activation {
  /// With slope 0.01.
  public LeakyReLU() {
    this(0.01);
  }

  /// With the given slope on the negative side.
  public LeakyReLU(double slope) {
    super(x -> F.leakyRelu(x, slope), "slope=" + slope);
  }
}
