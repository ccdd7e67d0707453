package org.wengert;

import org.wengert.backend.special.Gamma;

/// The derivative of the digamma function of some order, see [Gamma#polygamma].
record Polygamma(int order) implements Op.Pointwise {
  @Override
  public String derivative() {
    return "the polygamma function of the next order";
  }

  @Override
  public double value(double x) {
    return Gamma.polygamma(order, x);
  }

  @Override
  public Variable backward(Variable gy, Variable x, Variable y) {
    return gy.mul(new Polygamma(order + 1).apply(x));
  }
}
