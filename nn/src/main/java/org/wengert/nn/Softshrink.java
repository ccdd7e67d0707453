package org.wengert.nn;

import org.wengert.F;
import org.wengert.tensor.OptionException;

/// `x` moved towards 0 by `lambda`, and 0 within `[-lambda, lambda]`, element by element.
///
/// Several threads may call `forward` at once.
///
/// Source: `torch.nn.Softshrink`.
public final class Softshrink extends Activation {
  /// With `lambda = 1/2`.
  public Softshrink() {
    this(0.5);
  }

  /// With the given bound.
  ///
  /// @throws OptionException if it is negative
  public Softshrink(double lambda) {
    super(x -> F.softshrink(x, lambda), "lambda=" + lambda);
    if (!(lambda >= 0)) {
      throw new OptionException("Softshrink with lambda " + lambda).hint("it is 0 or more");
    }
  }
}
