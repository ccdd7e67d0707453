package org.wengert;

import org.wengert.backend.Expr;
import org.wengert.backend.Kernel;

/// `x` if finite, else the number that stands for `NaN`, `∞` or `-∞`, with derivative 0.
record NanToNum(double nan, double positive, double negative) implements Op.Expressed {
  private static final Expr X = Expr.input(0);
  private static final Kernel KERNEL =
      Kernel.of(
          X.isNaN()
              .select(
                  Expr.scalar(0),
                  X.eq(Double.POSITIVE_INFINITY)
                      .select(
                          Expr.scalar(1),
                          X.eq(Double.NEGATIVE_INFINITY).select(Expr.scalar(2), X))));

  @Override
  public String formula() {
    return "x if x is finite, else a number";
  }

  @Override
  public String derivative() {
    return "1 if x is finite, else 0";
  }

  @Override
  public Kernel kernel() {
    return KERNEL;
  }

  @Override
  public double[] scalars() {
    return new double[] {nan, positive, negative};
  }

  @Override
  public Variable backward(Variable gy, Variable x, Variable y) {
    return F.where(F.isFinite(x), gy, F.zerosLike(gy));
  }
}
