package org.wengert;

/// `max(x, 0) + slope · min(x, 0)`.
record LeakyRelu(double slope) implements Op.Pointwise {
  @Override
  public String derivative() {
    return "1 if x > 0, else slope";
  }

  @Override
  public double value(double x) {
    return x > 0 ? x : slope * x;
  }

  @Override
  public Variable backward(Variable gy, Variable x, Variable y) {
    return gy.mul(F.where(x.gt(0), F.onesLike(x), F.fullLike(x, slope)));
  }
}
