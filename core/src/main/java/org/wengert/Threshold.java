package org.wengert;

/// `x` above the threshold, else the substitute; at the threshold the derivative is 0.
record Threshold(double threshold, double substitute) implements Op.Pointwise {
  @Override
  public String derivative() {
    return "1 above the threshold, else 0";
  }

  @Override
  public double value(double x) {
    return x <= threshold ? substitute : x;
  }

  @Override
  public Variable backward(Variable gy, Variable x, Variable y) {
    return F.where(x.le(threshold), F.zerosLike(gy), gy);
  }
}
