package org.wengert;

import org.wengert.backend.Expr;
import org.wengert.backend.Kernel;

/// `x`, and 0 between `-lambda` and `lambda`, where the derivative is 0, bounds included.
record Hardshrink(double lambda) implements Op.Expressed {
  private static final Expr X = Expr.input(0);
  private static final Kernel KERNEL = Kernel.of(X.abs().le(Expr.scalar(0)).select(0, X));

  @Override
  public String formula() {
    return "x if |x| > " + Labels.number(lambda) + ", else 0";
  }

  @Override
  public String derivative() {
    return "1 if |x| > " + Labels.number(lambda) + ", else 0";
  }

  @Override
  public Kernel kernel() {
    return KERNEL;
  }

  @Override
  public double[] scalars() {
    return new double[] {lambda};
  }

  @Override
  public Variable backward(Variable gy, Variable x, Variable y) {
    return F.where(F.abs(x).le(lambda), F.zerosLike(gy), gy);
  }
}
