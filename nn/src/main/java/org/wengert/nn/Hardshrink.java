package org.wengert.nn;

import org.wengert.F;
import org.wengert.tensor.OptionException;

/// `x` outside `[-lambda, lambda]`, else 0, element by element.
///
/// Several threads may call `forward` at once.
///
/// Source: `torch.nn.Hardshrink`.
public final class Hardshrink extends Activation {
  /// With `lambda = 1/2`.
  public Hardshrink() {
    this(0.5);
  }

  /// With the given bound.
  ///
  /// @throws OptionException if it is negative
  public Hardshrink(double lambda) {
    super(x -> F.hardshrink(x, lambda), "lambda=" + lambda);
    if (!(lambda >= 0)) {
      throw new OptionException("Hardshrink with lambda " + lambda).hint("it is 0 or more");
    }
  }
}
