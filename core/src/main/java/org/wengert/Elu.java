package org.wengert;

/// `x` if `x > 0`, else `alpha (exp(x) - 1)` (Clevert, Unterthiner, Hochreiter, 2016).
record Elu(double alpha) implements Op.Pointwise {
  @Override
  public String derivative() {
    return "1 if x > 0, else y + α";
  }

  @Override
  public double value(double x) {
    return x > 0 ? x : alpha * StrictMath.expm1(x);
  }

  @Override
  public Variable backward(Variable gy, Variable x, Variable y) {
    return F.where(x.gt(0), gy, gy.mul(y.add(alpha)));
  }
}
