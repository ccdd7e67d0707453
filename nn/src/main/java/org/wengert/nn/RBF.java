package org.wengert.nn;

import org.wengert.F;

/// The radial basis function `exp(-a (x - c)²)`, element by element: 1 at the center, towards
/// 0 around it.
///
/// Several threads may call `forward` at once.
///
/// Source: Broomhead, Lowe, "Multivariable functional interpolation and adaptive networks",
/// 1988.
public final class RBF extends Activation {
  /// With `a = 1` and center 0.
  public RBF() {
    this(1, 0);
  }

  /// The larger `a` is, the narrower.
  public RBF(double a, double c) {
    super(x -> F.rbf(x, a, c), "a=" + a + ", c=" + c);
  }
}
