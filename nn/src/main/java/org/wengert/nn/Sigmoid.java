package org.wengert.nn;

import org.wengert.F;

/// `σ(slope x) = 1/(1 + exp(-slope x))`, element by element: from 0 to 1.
///
/// Several threads may call `forward` at once.
///
/// Source: `torch.nn.Sigmoid`, where the slope is 1.
public final class Sigmoid extends Activation {
  /// With slope 1.
  public Sigmoid() {
    super(F::sigmoid);
  }

  /// The larger the slope, the closer to a [HardLimit].
  public Sigmoid(double slope) {
    super(x -> F.sigmoid(x, slope), "slope=" + slope);
  }
}
