package org.wengert;

/// `x` if finite, else the number that stands for `NaN`, `∞` or `-∞`, with derivative 0.
record NanToNum(double nan, double positive, double negative) implements Op.Pointwise {
  @Override
  public String derivative() {
    return "1 if x is finite, else 0";
  }

  @Override
  public double value(double x) {
    return Double.isFinite(x) ? x : Double.isNaN(x) ? nan : x > 0 ? positive : negative;
  }

  @Override
  public Variable backward(Variable gy, Variable x, Variable y) {
    return F.where(F.isFinite(x), gy, F.zerosLike(gy));
  }
}
