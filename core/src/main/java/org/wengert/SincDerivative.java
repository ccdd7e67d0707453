package org.wengert;

import org.wengert.backend.special.Special;

/// The derivative of `sin(πx)/(πx)` of some order, see [Special#sinc(int, double)]. A kernel of its
/// own, because the quotients that differentiation gives lose all digits near 0.
record SincDerivative(int order) implements Op.Pointwise {
  @Override
  public String derivative() {
    return "the derivative of the next order";
  }

  @Override
  public double value(double x) {
    return Special.sinc(order, x);
  }

  @Override
  public Variable backward(Variable gy, Variable x, Variable y) {
    return gy.mul(new SincDerivative(order + 1).apply(x));
  }
}
