package org.wengert.backend;

/// The error function of `float` and what is made of it, in primitives. The complement is
/// `exp(-x²) u P(u)` with `u = 1/(1 + c|x|)`: the form of Abramowitz and Stegun 7.1.26, with a
/// polynomial for all of `float`.
final class FloatErf {
  private static final float SCALE = 0.3275f;
  private static final double ROOT_HALF = Math.sqrt(0.5);

  private FloatErf() {}

  /// `exp(x²) erfc(x)` as a polynomial in `u = 1/(1 + 0.3275 x)`.
  private static Expr scaledComplement(Expr u) {
    Expr p =
        u.polynomial(
            0.056326415f,
            -0.31552094f,
            0.6240577f,
            -0.55549806f,
            0.4974274f,
            -0.048100874f,
            0.20507099f,
            0.16579127f,
            0.18571699f,
            0.1847291f);
    return p.mul(u);
  }

  /// `exp(-a b) v`, with what rounding takes from the product `a b` put back.
  private static Expr gauss(Expr a, Expr b, Expr v) {
    Expr product = a.mul(b);
    Expr lost = a.fma(b, product.neg());
    Expr y = Elementaries.FLOAT.expOfNegative(product.neg()).mul(v);
    return lost.neg().fma(y, y);
  }

  /// The complement for arguments that are not negative.
  private static Expr tail(Expr size) {
    Expr held = size.gt(10.1).select(10.1, size);
    return gauss(held, held, scaledComplement(reciprocal(held, SCALE)));
  }

  /// `1/(1 + c x)` with a step of Newton's, since the polynomial magnifies its error.
  private static Expr reciprocal(Expr x, float c) {
    Expr sum = x.fma(c, 1);
    Expr lost = x.fma(c, sum.rsub(1));
    Expr rough = sum.rdiv(1);
    Expr rest = rough.neg().fma(lost, rough.neg().fma(sum, 1));
    return rest.fma(rough, rough);
  }

  static Expr erfc(Expr x) {
    Expr size = x.abs();
    Expr tail = tail(size);
    Expr far = x.lt(0).select(tail.rsub(2), tail);
    return size.lt(0.5).select(near(x).rsub(1), far);
  }

  private static Expr near(Expr x) {
    Expr p =
        x.square()
            .polynomial(
                -5.9708947e-4f,
                0.0049895328f,
                -0.026764406f,
                0.11281768f,
                -0.37612492f,
                0.12837915f);
    return p.fma(x, x);
  }

  static Expr erf(Expr x) {
    Expr size = x.abs();
    Expr far = Whole.withSign(Element.FLOAT, tail(size).rsub(1), x);
    return size.lt(0.92).select(near(x), far);
  }

  /// `x Φ(x)`, where `Φ(-|x|) = erfc(|x|/√2)/2`: no cancellation on the left.
  static Expr gelu(Expr x) {
    Expr size = x.abs();
    Expr held = size.gt(14.3).select(14.3, size);
    Expr u = reciprocal(held, (float) (SCALE * ROOT_HALF));
    Expr left = gauss(held.mul(0.5), held, scaledComplement(u).mul(0.5));
    return x.mul(x.lt(0).select(left, left.rsub(1)));
  }
}
