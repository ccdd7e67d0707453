package org.wengert;

import org.wengert.backend.Expr;
import org.wengert.backend.Fn;
import org.wengert.backend.Kernel;

/// `scale · x` if `x > 0`, else `scale · alpha (exp(inputScale · x) - 1)`. One function for three:
/// ELU (Clevert, Unterthiner, Hochreiter, 2016), SELU (Klambauer and others, 2017) and CELU
/// (Barron, 2017).
record Elu(double alpha, double scale, double inputScale) implements Op.Expressed {
  private static final Expr X = Expr.input(0);
  private static final Kernel KERNEL =
      Kernel.of(
          X.le(0)
              .select(Expr.scalar(0).mul(Fn.EXPM1.of(X.mul(Expr.scalar(2)))), X)
              .mul(Expr.scalar(1)));

  @Override
  public String formula() {
    return Labels.times(scale, "x")
        + " if x > 0, else "
        + Labels.times(scale * alpha, "(exp(" + Labels.times(inputScale, "x") + ") - 1)");
  }

  @Override
  public String derivative() {
    return Labels.number(scale)
        + " if x > 0, else "
        + Labels.times(scale * alpha * inputScale, "exp(" + Labels.times(inputScale, "x") + ")");
  }

  @Override
  public Kernel kernel() {
    return KERNEL;
  }

  @Override
  public double[] scalars() {
    return new double[] {alpha, scale, inputScale};
  }

  @Override
  public Variable backward(Variable gy, Variable x, Variable y) {
    Variable left = F.clampMax(x.mul(inputScale), 0).exp().mul(scale * alpha * inputScale);
    return gy.mul(F.where(x.le(0), left, F.fullLike(x, scale)));
  }
}
