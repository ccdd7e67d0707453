package org.wengert;

import org.wengert.backend.Expr;
import org.wengert.backend.Kernel;

/// `x` above the threshold, else the substitute; at the threshold the derivative is 0.
record Threshold(double threshold, double substitute) implements Op.Expressed {
  private static final Expr X = Expr.input(0);
  private static final Kernel KERNEL = Kernel.of(X.le(Expr.scalar(0)).select(Expr.scalar(1), X));

  @Override
  public String formula() {
    return "x if x > " + Labels.signed(threshold) + ", else " + Labels.signed(substitute);
  }

  @Override
  public String derivative() {
    return "1 if x > " + Labels.signed(threshold) + ", else 0";
  }

  @Override
  public Kernel kernel() {
    return KERNEL;
  }

  @Override
  public double[] scalars() {
    return new double[] {threshold, substitute};
  }

  @Override
  public Variable backward(Variable gy, Variable x, Variable y) {
    return F.where(x.le(threshold), F.zerosLike(gy), gy);
  }
}
