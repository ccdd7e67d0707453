package org.wengert.backend;

import org.wengert.backend.Elementaries.Split;

/// Hyperbolic sine and cosine and the inverse hyperbolic functions in primitives, of either width.
final class Hyperbolics {
  static final Hyperbolics FLOAT =
      new Hyperbolics(Elementaries.FLOAT, Precision.FLOAT, Polynomials.FLOAT);
  static final Hyperbolics DOUBLE =
      new Hyperbolics(Elementaries.DOUBLE, Precision.DOUBLE, Polynomials.DOUBLE);

  private final Elementaries elementary;
  private final Precision width;
  private final Polynomials polynomials;
  private final double large; // beyond, x² + 1 is x²

  private Hyperbolics(Elementaries elementary, Precision width, Polynomials polynomials) {
    this.elementary = elementary;
    this.width = width;
    this.polynomials = polynomials;
    this.large = Math.scalb(1.0, width.digits() + 4);
  }

  /// `(e^|x| + sign e^-|x|)/2`, by a quarter of `e^|x|`, which overflows later than the result.
  private Expr halfSum(Expr size, int sign) {
    Split split = elementary.split(size, Expr.of(0));
    Expr quarter = split.rest().add(1).mul(elementary.power(split, -2));
    Expr y = quarter.fma(2, quarter.rdiv(sign * 0.125));
    return size.gt(width.overflow() + 1).select(Double.POSITIVE_INFINITY, y);
  }

  Expr cosh(Expr x) {
    return halfSum(x.abs(), 1);
  }

  Expr sinh(Expr x) {
    Expr size = x.abs();
    Expr square = size.square();
    Expr near = square.mul(size).fma(square.polynomial(polynomials.sinh()), size);
    Expr y = size.lt(1).select(near, halfSum(size, -1));
    return Whole.withSign(width.element(), y, x);
  }

  /// `log(1 + a)` with `a = |x| + x²/(1 + √(1 + x²))`, or `log(2 |x|)`.
  Expr asinh(Expr x) {
    Expr size = x.abs();
    Expr square = size.square();
    Expr a = size.add(square.div(square.add(1).sqrt().add(1)));
    return Whole.withSign(width.element(), logarithm(size, a), x);
  }

  /// `log(1 + a)` with `a = t + √(t² + 2t)` and `t = x - 1`, or `log(2x)`. No number below 1, where
  /// the root might have one again.
  Expr acosh(Expr x) {
    Expr excess = x.lt(1).select(Double.NaN, x.sub(1));
    return logarithm(x, excess.add(excess.fma(excess, excess.add(excess)).sqrt()));
  }

  /// `log(1 + a)`, or `log(2x)` of large `x`.
  private Expr logarithm(Expr x, Expr a) {
    Expr isLarge = x.gt(large);
    return elementary.log1p(isLarge.select(x, a), isLarge.select(1, 0));
  }

  /// A polynomial near 0, then `½ log(1 + a)` with `a = 2|x|/(1 - |x|)`, whose divisor is exact
  /// from 1/2 on.
  Expr atanh(Expr x) {
    Expr size = x.abs();
    Expr square = size.square();
    Expr near = square.mul(size).fma(square.polynomial(polynomials.artanh()), size);
    Expr a = size.add(size).div(size.rsub(1));
    Expr far = elementary.log1p(a, Expr.of(0)).mul(0.5);
    return Whole.withSign(width.element(), size.lt(0.5).select(near, far), x);
  }
}
