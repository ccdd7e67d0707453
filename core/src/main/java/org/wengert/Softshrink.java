package org.wengert;

/// `x` moved towards 0 by `lambda`, and 0 between `-lambda` and `lambda`, where the derivative is 0
/// too, bounds included.
record Softshrink(double lambda) implements Op.Pointwise {
  @Override
  public String derivative() {
    return "1 if |x| > λ, else 0";
  }

  @Override
  public double value(double x) {
    return Math.abs(x) <= lambda ? 0 : x - Math.copySign(lambda, x);
  }

  @Override
  public Variable backward(Variable gy, Variable x, Variable y) {
    return F.where(F.abs(x).le(lambda), F.zerosLike(gy), gy);
  }
}
