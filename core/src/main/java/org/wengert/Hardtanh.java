package org.wengert;

import org.wengert.backend.Expr;
import org.wengert.backend.Kernel;

/// `x` between the bounds, else the nearer bound; at a bound the derivative is 0, as in PyTorch.
record Hardtanh(double least, double most) implements Op.Expressed {
  private static final Expr X = Expr.input(0);
  private static final Kernel KERNEL = Kernel.of(X.max(Expr.scalar(0)).min(Expr.scalar(1)));

  @Override
  public String formula() {
    return "min(max(x, " + Labels.signed(least) + "), " + Labels.signed(most) + ")";
  }

  @Override
  public String derivative() {
    return "1 if " + Labels.signed(least) + " < x < " + Labels.signed(most) + ", else 0";
  }

  @Override
  public Kernel kernel() {
    return KERNEL;
  }

  @Override
  public double[] scalars() {
    return new double[] {least, most};
  }

  @Override
  public Variable backward(Variable gy, Variable x, Variable y) {
    return F.where(F.logicalAnd(x.gt(least), x.lt(most)), gy, F.zerosLike(gy));
  }
}
