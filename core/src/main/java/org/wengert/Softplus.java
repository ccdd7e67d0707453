package org.wengert;

import org.wengert.backend.Expr;
import org.wengert.backend.Fn;
import org.wengert.backend.Kernel;

/// `log(1 + exp(beta x))/beta`, and `x` itself where `beta x` exceeds the threshold.
record Softplus(double beta, double threshold) implements Op.Expressed {
  private static final Expr X = Expr.input(0);
  private static final Kernel KERNEL =
      Kernel.of(
          X.mul(Expr.scalar(0))
              .gt(Expr.scalar(1))
              .select(X, Fn.SOFTPLUS.of(X.mul(Expr.scalar(0))).div(Expr.scalar(0))));

  @Override
  public String formula() {
    return Labels.over("log(1 + exp(" + Labels.times(beta, "x") + "))", beta);
  }

  @Override
  public String derivative() {
    return "σ(" + Labels.times(beta, "x") + ")";
  }

  @Override
  public Kernel kernel() {
    return KERNEL;
  }

  @Override
  public double[] scalars() {
    return new double[] {beta, threshold};
  }

  @Override
  public Variable backward(Variable gy, Variable x, Variable y) {
    Variable z = x.mul(beta);
    return F.where(z.gt(threshold), gy, gy.mul(z.sigmoid()));
  }
}
