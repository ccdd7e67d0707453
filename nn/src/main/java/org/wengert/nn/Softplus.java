package org.wengert.nn;

import org.wengert.F;

/// `log(1 + exp(beta x)) / beta`, element by element, and `x` itself where `beta x` exceeds a
/// threshold: a smooth ReLU that stays positive.
///
/// Several threads may call `forward` at once.
///
/// Source: `torch.nn.Softplus`.
public final class Softplus extends Activation {
  /// With `beta = 1` and threshold 20.
  public Softplus() {
    super(F::softplus);
  }

  /// The larger `beta` is, the closer to a ReLU.
  public Softplus(double beta, double threshold) {
    super(x -> F.softplus(x, beta, threshold), "beta=" + beta + ", threshold=" + threshold);
  }
}
