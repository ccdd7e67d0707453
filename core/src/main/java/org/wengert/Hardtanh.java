package org.wengert;

/// `x` between the bounds, else the nearer bound; at a bound the derivative is 0, as in PyTorch.
record Hardtanh(double least, double most) implements Op.Pointwise {
  @Override
  public String derivative() {
    return "1 strictly inside the bounds, else 0";
  }

  @Override
  public double value(double x) {
    return Math.min(Math.max(x, least), most);
  }

  @Override
  public Variable backward(Variable gy, Variable x, Variable y) {
    return F.where(F.logicalAnd(x.gt(least), x.lt(most)), gy, F.zerosLike(gy));
  }
}
