package org.wengert;

import org.wengert.backend.Expr;
import org.wengert.backend.Kernel;

/// `x` moved towards 0 by `lambda`, and 0 between `-lambda` and `lambda`, where the derivative is 0
/// too, bounds included.
record Softshrink(double lambda) implements Op.Expressed {
  private static final Expr X = Expr.input(0);
  private static final Kernel KERNEL =
      Kernel.of(
          X.abs()
              .le(Expr.scalar(0))
              .select(0, X.sub(X.lt(0).select(Expr.scalar(0).neg(), Expr.scalar(0)))));

  @Override
  public String formula() {
    return "x - "
        + Labels.number(lambda)
        + " sign(x) if |x| > "
        + Labels.number(lambda)
        + ", else 0";
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
