package org.wengert;

/// `min(max(x, least), most)`; at a bound the derivative is 1, as in PyTorch.
record Clamp(double least, double most) implements Op.Pointwise {
  @Override
  public String derivative() {
    return "1 inside the bounds, else 0";
  }

  @Override
  public double value(double x) {
    return Math.min(Math.max(x, least), most);
  }

  @Override
  public Variable backward(Variable gy, Variable x, Variable y) {
    return F.where(F.logicalAnd(x.ge(least), x.le(most)), gy, F.zerosLike(gy));
  }
}
