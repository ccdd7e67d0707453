package org.wengert;

import org.wengert.backend.Expr;
import org.wengert.backend.Kernel;

/// `max(x, 0) + slope · min(x, 0)`.
record LeakyRelu(double slope) implements Op.Expressed {
  private static final Expr X = Expr.input(0);
  private static final Kernel KERNEL = Kernel.of(X.gt(0).select(X, X.mul(Expr.scalar(0))));

  @Override
  public String formula() {
    return "x if x > 0, else " + Labels.times(slope, "x");
  }

  @Override
  public String derivative() {
    return "1 if x > 0, else " + Labels.number(slope);
  }

  @Override
  public Kernel kernel() {
    return KERNEL;
  }

  @Override
  public double[] scalars() {
    return new double[] {slope};
  }

  @Override
  public Variable backward(Variable gy, Variable x, Variable y) {
    return gy.mul(F.where(x.gt(0), F.onesLike(x), F.fullLike(x, slope)));
  }
}
