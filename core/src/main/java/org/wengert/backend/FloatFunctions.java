package org.wengert.backend;

/// Elementary functions of `float` in primitives: reduction to a small interval, a minimax
/// polynomial there, and the result put together again. Good to 2 ulp, most to 1; exact where the
/// result is exact at infinities, zeros and `NaN`.
final class FloatFunctions {
  /// Added to a small number, leaves it rounded to a whole number in the low bits.
  static final float ROUNDER = 0x1.8p23f;

  private static final int ROUNDER_BITS = Float.floatToRawIntBits(ROUNDER);
  private static final int ONE = Float.floatToRawIntBits(1);
  private static final int TWO_THIRDS = Float.floatToRawIntBits(0x1.555556p-1f);
  private static final float LOG2_E = (float) (1 / Math.log(2));
  private static final float LN2 = (float) Math.log(2);
  private static final float LN2_REST = (float) (Math.log(2) - LN2);
  private static final float LOG10_2 = (float) Math.log10(2);
  private static final float LOG10_2_REST = (float) (Math.log10(2) - LOG10_2);
  private static final float INFINITY = Float.POSITIVE_INFINITY;
  private static final float TINY = 0x1p-25f;

  private FloatFunctions() {}

  /// `x = n log 2 + r` with whole `n` and `|r| <= log(2)/2`.
  ///
  /// @param shifted `n` in its low bits, above those of the rounder
  /// @param rest `eʳ - 1`
  private record Split(Expr shifted, Expr rest) {
    static Split of(Expr x) {
      Expr shifted = x.fma(LOG2_E, ROUNDER);
      Expr n = shifted.sub(ROUNDER);
      Expr r = n.fma(-LN2_REST, n.fma(-LN2, x));
      return new Split(shifted.toBits(), expm1Near0(r));
    }

    /// `2ⁿ⁺ᵐ`, which must be a normal number.
    Expr power(int m) {
      return FloatFunctions.power(shifted, m);
    }
  }

  private static Expr expm1Near0(Expr r) {
    Expr q = r.polynomial(0.0013818359f, 0.008368716f, 0.041668296f, 0.16666521f, 0.49999994f);
    return q.fma(r.square(), r);
  }

  /// `2ⁿ⁺ᵐ` of the `n` in the low bits of a sum with the rounder.
  private static Expr power(Expr shifted, int m) {
    return shifted.shl(23).add(Expr.bits((127 + m - ROUNDER_BITS) << 23)).fromBits();
  }

  /// In two factors, since `2ⁿ` alone may overflow, or lose bits below the normal numbers.
  static Expr exp(Expr x) {
    Split split = Split.of(x);
    Expr y = scaled(split.rest.add(1), split.shifted);
    return x.gt(89).select(INFINITY, x.lt(-104.5).select(0, y));
  }

  private static Expr scaled(Expr y, Expr shifted) {
    Expr half = shifted.shr(1);
    Expr one = half.shl(23).add(Expr.bits((127 - (ROUNDER_BITS >> 1)) << 23)).fromBits();
    Expr other =
        shifted
            .sub(half)
            .shl(23)
            .add(Expr.bits((127 - (ROUNDER_BITS - (ROUNDER_BITS >> 1))) << 23))
            .fromBits();
    return y.mul(one).mul(other);
  }

  static Expr exp2(Expr x) {
    Expr shifted = x.add(ROUNDER);
    Expr r = x.sub(shifted.sub(ROUNDER));
    Expr p =
        r.polynomial(
            1.4326182e-5f,
            1.5452185e-4f,
            0.0013337957f,
            0.009618087f,
            0.05550405f,
            0.2402265f,
            0.6931472f);
    Expr y = scaled(p.fma(r, 1), shifted.toBits());
    return x.gt(129).select(INFINITY, x.lt(-151).select(0, y));
  }

  /// `exp` of a number that is not positive.
  static Expr expOfNegative(Expr x) {
    Split split = Split.of(x);
    Expr y = split.rest.add(1).mul(split.power(32)).mul(0x1p-32);
    return x.lt(-104.5).select(0, y);
  }

  static Expr expm1(Expr x) {
    Split split = Split.of(x);
    Expr half = split.power(-1);
    Expr y = split.rest.fma(half, half.sub(0.5)).mul(2);
    Expr bounded = x.gt(89).select(INFINITY, x.lt(-18).select(-1, y));
    return x.abs().lt(TINY).select(x, bounded);
  }

  /// `x = 2ⁿ (1 + f)` with `2/3 <= 1 + f < 4/3`, for normal `x`; `n` as bits and as a number.
  private static Expr exponent(Expr x) {
    return x.toBits().sub(Expr.bits(TWO_THIRDS)).shr(23);
  }

  private static Expr toReal(Expr n) {
    return n.add(Expr.bits(ROUNDER_BITS)).fromBits().sub(ROUNDER);
  }

  private static Expr log1pNear0(Expr f) {
    Expr q =
        f.polynomial(
            -0.12878527f,
            0.13986948f,
            -0.121874146f,
            0.14005302f,
            -0.16680248f,
            0.20010446f,
            -0.24999803f,
            0.33333215f,
            -0.5f);
    return q.fma(f.square(), f);
  }

  /// A logarithm `a log(1 + f) + n b`, with `b` in two parts.
  private static Expr logarithm(Expr x, double a, double b, double bRest) {
    Expr small = x.lt(Float.MIN_NORMAL);
    Expr normal = small.select(x.mul(0x1p23), x);
    Expr n = exponent(normal);
    Expr f = normal.toBits().sub(n.shl(23)).fromBits().sub(1);
    Expr exponent = small.select(toReal(n).sub(23), toReal(n));
    Expr log = log1pNear0(f);
    Expr scaled = a == 1 ? log : log.mul(a);
    Expr low = bRest == 0 ? scaled : exponent.fma(bRest, scaled);
    return atEdges(x, x, exponent.fma(b, low));
  }

  /// A logarithm of `x`, which is 0, infinite, negative or no number where `u` is.
  private static Expr atEdges(Expr x, Expr u, Expr y) {
    Expr finite = x.lt(INFINITY).select(y, x);
    Expr negative = u.lt(0).select(Float.NaN, finite);
    return u.eq(0).select(-INFINITY, negative);
  }

  static Expr log(Expr x) {
    return logarithm(x, 1, LN2, LN2_REST);
  }

  static Expr log2(Expr x) {
    return logarithm(x, LOG2_E, 1, 0);
  }

  static Expr log10(Expr x) {
    return logarithm(x, (float) (1 / Math.log(10)), LOG10_2, LOG10_2_REST);
  }

  /// `f = 2⁻ⁿ x + (2⁻ⁿ - 1)` keeps what `1 + x` would lose; a quarter of `x` with four times the
  /// power, so that the power stays normal.
  static Expr log1p(Expr x) {
    Expr u = x.add(1);
    Expr n = exponent(u);
    Expr power = Expr.bits(ONE + (2 << 23)).sub(n.shl(23)).fromBits();
    Expr f = x.mul(0.25).fma(power, power.fma(0.25, -1));
    Expr real = toReal(n);
    Expr y = real.fma(LN2, real.fma(LN2_REST, log1pNear0(f)));
    return x.abs().lt(TINY).select(x, atEdges(x, u, y));
  }

  /// `(e²ˣ - 1)/(e²ˣ - 1 + 2)` of `|x|`, with the sign put back: 1 to the last bit from 9.02 on. A
  /// polynomial below 0.55, where rounding the quotient's parts would show.
  static Expr tanh(Expr x) {
    Expr size = x.abs();
    Expr held = size.gt(9.02).select(9.02, size);
    Split split = Split.of(held.add(held));
    Expr power = split.power(0);
    Expr excess = split.rest.fma(power, power.sub(1));
    Expr far = excess.div(excess.add(2));
    Expr square = size.square();
    Expr p =
        square.polynomial(-0.006169614f, 0.021000376f, -0.053835757f, 0.13332437f, -0.33333313f);
    return withSign(size.lt(0.55).select(square.mul(p).fma(size, size), far), x);
  }

  /// `y`, which has no sign, with that of `x`.
  static Expr withSign(Expr y, Expr x) {
    return Whole.withSign(Element.FLOAT, y, x);
  }

  /// By the exponential of `-|x|`, which does not overflow.
  static Expr sigmoid(Expr x) {
    Expr e = expOfNegative(x.abs().neg());
    return x.lt(0).select(e, 1).mul(reciprocalOfSum(e));
  }

  /// `1/(1 + e)` for `0 <= e <= 1`, by a division and a step of Newton's that also puts back what
  /// rounding took from the sum.
  private static Expr reciprocalOfSum(Expr e) {
    Expr sum = e.add(1);
    Expr lost = e.sub(sum.sub(1));
    Expr rough = sum.rdiv(1);
    Expr rest = rough.neg().fma(lost, rough.neg().fma(sum, 1));
    return rest.fma(rough, rough);
  }

  static Expr softplus(Expr x) {
    return x.max(0).add(log1pOfUnit(expOfNegative(x.abs().neg())));
  }

  /// `x (w² + 2w)/(w² + 2w + 2)` with `w = eˣ`, which is `x tanh(log(1 + w))`.
  static Expr mish(Expr x) {
    Expr w = exp(x.gt(20).select(20, x));
    Expr n = w.fma(w, w.add(w));
    return x.mul(n.div(n.add(2)));
  }

  /// `x` times half of one more than `tanh(√(2/π) (x + 0.044715 x³))`.
  static Expr geluTanh(Expr x) {
    double scale = 2 * Math.sqrt(2 / Math.PI);
    Expr u = x.mul(x.square().fma((float) (0.044715 * scale), (float) scale));
    return x.mul(sigmoid(u));
  }

  /// `log(1 + x)` for `0 <= x <= 1`.
  private static Expr log1pOfUnit(Expr x) {
    Expr n = exponent(x.add(1));
    Expr power = Expr.bits(ONE).sub(n.shl(23)).fromBits();
    Expr f = x.fma(power, power.sub(1));
    Expr real = toReal(n);
    return real.fma(LN2, real.fma(LN2_REST, log1pNear0(f)));
  }
}
