package org.wengert.backend;

/// Elementary functions in primitives, of either width: reduction to a small interval, a minimax
/// polynomial there, and the result put together again. Within 2 ulp, most within 1; exact where
/// the result is exact, at infinities, zeros and `NaN`.
final class Elementaries {
  static final Elementaries FLOAT = new Elementaries(Precision.FLOAT);
  static final Elementaries DOUBLE = new Elementaries(Precision.DOUBLE);

  private static final double INFINITY = Double.POSITIVE_INFINITY;

  private final Precision width;
  private final double rounder;
  private final long rounderBits;

  private Elementaries(Precision width) {
    this.width = width;
    this.rounder = width.rounder();
    this.rounderBits = width.bits(rounder);
  }

  /// A number reduced to `n log 2 + r` with whole `n` and `|r| <= log(2)/2`.
  ///
  /// @param shifted `n` in its low bits, above those of the rounder
  /// @param rest `eʳ - 1`
  private record Split(Expr shifted, Expr rest) {}

  private Split split(Expr x) {
    Expr shifted = x.fma(1 / Math.log(2), rounder);
    Expr n = shifted.sub(rounder);
    Expr r = n.fma(-width.log2()[1], n.fma(-width.log2()[0], x));
    return new Split(shifted.toBits(), expm1Near0(r));
  }

  private Expr expm1Near0(Expr r) {
    return r.polynomial(width.expm1()).fma(r.square(), r);
  }

  /// `2ⁿ⁺ᵐ`, which must be normal, of the `n` in the low bits of a sum with `base`.
  private Expr power(Expr shifted, long base, int m) {
    long bias = width.bits(1) >> width.digits();
    return shifted
        .shl(width.digits())
        .add(Expr.bits((bias + m - base) << width.digits()))
        .fromBits();
  }

  private Expr power(Split split, int m) {
    return power(split.shifted, rounderBits, m);
  }

  /// `2ⁿ y`, in two factors, since `2ⁿ` alone may overflow, or be below the normal numbers.
  private Expr scaled(Expr y, Expr shifted) {
    Expr half = shifted.shr(1);
    long base = rounderBits >> 1;
    Expr once = y.mul(power(half, base, 0));
    return once.mul(power(shifted.sub(half), rounderBits - base, 0));
  }

  Expr exp(Expr x) {
    Split split = split(x);
    Expr y = scaled(split.rest.add(1), split.shifted);
    return x.gt(width.overflow()).select(INFINITY, x.lt(width.underflow()).select(0, y));
  }

  Expr exp2(Expr x) {
    Expr shifted = x.add(rounder);
    Expr r = x.sub(shifted.sub(rounder)).mul(Math.log(2));
    Expr y = scaled(expm1Near0(r).add(1), shifted.toBits());
    Expr bounded = x.lt(width.underflow() / Math.log(2)).select(0, y);
    return x.gt(width.overflow() / Math.log(2)).select(INFINITY, bounded);
  }

  /// `exp` of a number that is not positive.
  Expr expOfNegative(Expr x) {
    Split split = split(x);
    int spare = width.digits() + 12;
    Expr y = split.rest.add(1).mul(power(split, spare)).mul(Math.scalb(1.0, -spare));
    return x.lt(width.underflow()).select(0, y);
  }

  Expr expm1(Expr x) {
    Split split = split(x);
    Expr half = power(split, -1);
    Expr y = split.rest.fma(half, half.sub(0.5)).mul(2);
    Expr bounded = x.gt(width.overflow()).select(INFINITY, x.lt(width.lost()).select(-1, y));
    return x.abs().lt(width.tiny()).select(x, bounded);
  }

  /// The `n` of `x = 2ⁿ (1 + f)` with `least <= 1 + f < 2 least`, for normal `x`, as bits.
  private Expr exponent(Expr x) {
    return x.toBits().sub(Expr.bits(width.bits(width.least()))).shr(width.digits());
  }

  private Expr toReal(Expr n) {
    return n.add(Expr.bits(rounderBits)).fromBits().sub(rounder);
  }

  /// `log(1 + f)`. In `float`, `f + f² p(f)`; in `double`, which would need twice as many terms,
  /// `2 artanh(s) = 2s + s³ p(s²)` with `s = f/(2 + f)`, where `2s` is `f - sf`.
  private Expr log1pNear0(Expr f) {
    if (width.element() == Element.FLOAT) {
      return f.polynomial(width.log1p()).fma(f.square(), f);
    }
    Expr s = f.div(f.add(2));
    Expr square = s.square();
    Expr bend = f.square().mul(0.5);
    Expr rest = square.polynomial(width.log1p()).fma(square, bend);
    return f.sub(s.neg().fma(rest, bend));
  }

  /// A logarithm `a log(1 + f) + n b`, with `b` in two parts.
  private Expr logarithm(Expr x, double a, double[] b) {
    Expr small = x.lt(width.normal());
    Expr normal = small.select(x.mul(Math.scalb(1.0, width.digits())), x);
    Expr n = exponent(normal);
    Expr f = normal.toBits().sub(n.shl(width.digits())).fromBits().sub(1);
    Expr exponent = small.select(toReal(n).sub(width.digits()), toReal(n));
    Expr log = a == 1 ? log1pNear0(f) : log1pNear0(f).mul(a);
    Expr low = b[1] == 0 ? log : exponent.fma(b[1], log);
    return atEdges(x, x, exponent.fma(b[0], low));
  }

  /// A logarithm of `x`, which is 0, infinite, negative or no number where `u` is.
  private Expr atEdges(Expr x, Expr u, Expr y) {
    Expr finite = x.lt(INFINITY).select(y, x);
    Expr negative = u.lt(0).select(Double.NaN, finite);
    return u.eq(0).select(-INFINITY, negative);
  }

  Expr log(Expr x) {
    return logarithm(x, 1, width.log2());
  }

  Expr log2(Expr x) {
    return logarithm(x, 1 / Math.log(2), new double[] {1, 0});
  }

  Expr log10(Expr x) {
    return logarithm(x, 1 / Math.log(10), width.log10Of2());
  }

  /// `f = 2⁻ⁿ x + (2⁻ⁿ - 1)` keeps what `1 + x` would lose; a quarter of `x` with four times the
  /// power, so that the power stays normal.
  Expr log1p(Expr x) {
    Expr u = x.add(1);
    Expr n = exponent(u);
    Expr power = Expr.bits(width.bits(4)).sub(n.shl(width.digits())).fromBits();
    Expr y = withExponent(n, x.mul(0.25).fma(power, power.fma(0.25, -1)));
    return x.abs().lt(width.tiny()).select(x, atEdges(x, u, y));
  }

  /// `log(1 + x)` for `0 <= x <= 1`.
  private Expr log1pOfUnit(Expr x) {
    Expr n = exponent(x.add(1));
    Expr power = Expr.bits(width.bits(1)).sub(n.shl(width.digits())).fromBits();
    return withExponent(n, x.fma(power, power.sub(1)));
  }

  /// `log(2ⁿ (1 + f))`.
  private Expr withExponent(Expr n, Expr f) {
    Expr real = toReal(n);
    return real.fma(width.log2()[0], real.fma(width.log2()[1], log1pNear0(f)));
  }

  /// `(e²ˣ - 1)/(e²ˣ - 1 + 2)` of `|x|`, with the sign put back. A polynomial below 0.55, where
  /// rounding the quotient's parts would show.
  Expr tanh(Expr x) {
    Expr size = x.abs();
    Expr held = size.gt(width.saturated()).select(width.saturated(), size);
    Split split = split(held.add(held));
    Expr power = power(split, 0);
    Expr excess = split.rest.fma(power, power.sub(1));
    Expr far = excess.div(excess.add(2));
    Expr square = size.square();
    Expr near = square.mul(square.polynomial(width.tanh())).fma(size, size);
    return Whole.withSign(width.element(), size.lt(0.55).select(near, far), x);
  }

  /// By the exponential of `-|x|`, which does not overflow.
  Expr sigmoid(Expr x) {
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

  Expr silu(Expr x) {
    return x.mul(sigmoid(x));
  }

  Expr softplus(Expr x) {
    return x.max(0).add(log1pOfUnit(expOfNegative(x.abs().neg())));
  }

  Expr logSigmoid(Expr x) {
    return softplus(x.neg()).neg();
  }

  /// `x (w² + 2w)/(w² + 2w + 2)` with `w = eˣ`, which is `x tanh(log(1 + w))`.
  Expr mish(Expr x) {
    Expr w = exp(x.gt(40).select(40, x));
    Expr n = w.fma(w, w.add(w));
    return x.mul(n.div(n.add(2)));
  }

  /// `x` times half of one more than `tanh(√(2/π) (x + 0.044715 x³))`.
  Expr geluTanh(Expr x) {
    double scale = 2 * Math.sqrt(2 / Math.PI);
    return x.mul(sigmoid(x.mul(x.square().fma(0.044715 * scale, scale))));
  }
}
