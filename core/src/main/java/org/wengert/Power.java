package org.wengert;

import org.jspecify.annotations.Nullable;
import org.wengert.backend.Backend;
import org.wengert.backend.Expr;
import org.wengert.backend.Kernel;
import org.wengert.backend.special.Special;
import org.wengert.tensor.Shape;
import org.wengert.tensor.Tensor;

/// `x` to a fixed power. Small whole powers are products and halves are roots, which is faster and
/// differs at the edges, as in PyTorch: `(-∞)^½` is `NaN`, `(-0)^-½` is `-∞`.
record Power(double exponent) implements Op.Pointwise {
  private static final Expr X = Expr.input(0);
  private static final Kernel SQUARE = Kernel.of(X.square());
  private static final Kernel CUBE = Kernel.of(X.square().mul(X));
  private static final Kernel ROOT = Kernel.of(X.sqrt());
  private static final Kernel INVERSE_ROOT = Kernel.of(X.sqrt().rdiv(1));
  private static final Kernel INVERSE = Kernel.of(X.rdiv(1));
  private static final Kernel INVERSE_SQUARE = Kernel.of(X.square().rdiv(1));

  @Override
  public String formula() {
    return raised(exponent);
  }

  @Override
  public String derivative() {
    String power = exponent == 0 ? "" : raised(exponent - 1);
    boolean isNumber = power.isEmpty() || exponent == 1;
    return written(exponent) + (isNumber ? "" : " " + power);
  }

  private static String raised(double exponent) {
    return exponent == 1 ? "x" : "x^" + written(exponent);
  }

  private static String written(double number) {
    String text = number == Math.rint(number) ? Long.toString((long) number) : "" + number;
    return number < 0 ? "(" + text + ")" : text;
  }

  @Override
  public double value(double x) {
    return Special.pow(x, exponent);
  }

  @Override
  public Tensor forward(Backend kernels, Tensor x, Shape y) {
    Kernel product = product();
    return product == null ? kernels.map(this, x) : kernels.map(product, Kernel.NO_SCALARS, x);
  }

  /// The power as a product or root, if it is one.
  @Nullable Kernel product() {
    if (exponent == 2) {
      return SQUARE;
    }
    if (exponent == 3) {
      return CUBE;
    }
    if (exponent == 0.5) {
      return ROOT;
    }
    if (exponent == -0.5) {
      return INVERSE_ROOT;
    }
    if (exponent == -1) {
      return INVERSE;
    }
    return exponent == -2 ? INVERSE_SQUARE : null;
  }

  @Override
  public Variable backward(Variable gy, Variable x, Variable y) {
    return exponent == 0 ? F.zerosLike(x) : gy.mul(x.pow(exponent - 1).mul(exponent));
  }
}
