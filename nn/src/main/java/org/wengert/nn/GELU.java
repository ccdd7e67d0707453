package org.wengert.nn;

import org.wengert.F;
import org.wengert.Variable;

/// `x Φ(x)`, element by element, with `Φ` the normal distribution function: a smooth ReLU.
///
/// Several threads may call `forward` at once.
///
/// Source: Hendrycks, Gimpel, "Gaussian error linear units", 2016; `torch.nn.GELU` (exact form).
public final class GELU extends Watched {
  /// The only kind there is.
  public GELU() {}

  @Override
  Variable compute(Variable x) {
    return F.gelu(x);
  }
}
