package org.wengert.backend;

import org.jspecify.annotations.Nullable;

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
  record Split(Expr shifted, Expr rest) {}

  private Split split(Expr x) {
    Expr shifted = x.fma(1 / Math.log(2), rounder);
    Expr n = shifted.sub(rounder);
    Expr r = n.fma(-width.log2()[1], n.fma(-width.log2()[0], x));
    return new Split(shifted.toBits(), expm1Near0(r));
  }

  /// Of a difference whose second part is small, such as what rounding took from the first: where
  /// that is large, rounding it is a large relative error of the exponential.
  Split split(Expr x, Expr low) {
    Expr shifted = x.fma(1 / Math.log(2), rounder);
    Expr n = shifted.sub(rounder);
    Expr r = n.fma(-width.log2()[0], x).sub(n.fma(width.log2()[1], low));
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

  Expr power(Split split, int m) {
    return power(split.shifted, rounderBits, m);
  }

  /// `2ⁿ⁺ᵐ` raised by so much that it is normal wherever a product with it is not 0. Factors come
  /// between this and [#lowered], so that a subnormal result is rounded once.
  Expr raised(Split split, int m) {
    return power(split, width.raise() + m);
  }

  /// What takes away the raise.
  double lowering() {
    return Math.scalb(1.0, -width.raise());
  }

  Expr lowered(Expr y) {
    return y.mul(lowering());
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

  /// `log(1 + f) - f`.
  private Expr logBend(Expr f) {
    if (width.element() == Element.FLOAT) {
      return f.polynomial(width.log1p()).mul(f.square());
    }
    Expr s = f.div(f.add(2));
    Expr square = s.square();
    Expr bend = f.square().mul(0.5);
    return s.fma(square.polynomial(width.log1p()).fma(square, bend), bend.neg());
  }

  /// A logarithm `log(1 + f) + n b`, or `a log(1 + f) + n b`, with `a` and `b` in two parts.
  private Expr logarithm(Expr x, double @Nullable [] a, double[] b) {
    Expr small = x.lt(width.normal());
    Expr normal = small.select(x.mul(Math.scalb(1.0, width.digits())), x);
    Expr n = exponent(normal);
    Expr f = normal.toBits().sub(n.shl(width.digits())).fromBits().sub(1);
    Expr exponent = small.select(toReal(n).sub(width.digits()), toReal(n));
    if (a == null) {
      return atEdges(x, x, exponent.fma(b[0], exponent.fma(b[1], log1pNear0(f))));
    }
    Expr low = f.fma(a[1], logBend(f).mul(a[0]));
    Expr lower = b[1] == 0 ? low : exponent.fma(b[1], low);
    return atEdges(x, x, exponent.fma(b[0], f.fma(a[0], lower)));
  }

  /// A logarithm of `x`, which is 0, infinite, negative or no number where `u` is.
  private Expr atEdges(Expr x, Expr u, Expr y) {
    Expr finite = x.lt(INFINITY).select(y, x);
    Expr negative = u.lt(0).select(Double.NaN, finite);
    return u.eq(0).select(-INFINITY, negative);
  }

  Expr log(Expr x) {
    return logarithm(x, null, width.log2());
  }

  Expr log2(Expr x) {
    return logarithm(x, width.log2OfE(), new double[] {1, 0});
  }

  Expr log10(Expr x) {
    return logarithm(x, width.log10OfE(), width.log10Of2());
  }

  /// `f = 2⁻ⁿ x + (2⁻ⁿ - 1)` keeps what `1 + x` would lose; a quarter of `x` with four times the
  /// power, so that the power stays normal.
  Expr log1p(Expr x) {
    return log1p(x, Expr.of(0));
  }

  /// `log(1 + x) + m log 2` with a small whole `m`, 0 where `x` is tiny.
  Expr log1p(Expr x, Expr m) {
    Expr u = x.add(1);
    Expr n = exponent(u);
    Expr power = Expr.bits(width.bits(4)).sub(n.shl(width.digits())).fromBits();
    Expr y = withExponent(toReal(n).add(m), x.mul(0.25).fma(power, power.fma(0.25, -1)));
    return x.abs().lt(width.tiny()).select(x, atEdges(x, u, y));
  }

  /// `log(1 + x)` for `0 <= x <= 1`.
  private Expr log1pOfUnit(Expr x) {
    Expr n = exponent(x.add(1));
    Expr power = Expr.bits(width.bits(1)).sub(n.shl(width.digits())).fromBits();
    return withExponent(toReal(n), x.fma(power, power.sub(1)));
  }

  /// `log(2ⁿ (1 + f))`.
  private Expr withExponent(Expr n, Expr f) {
    return n.fma(width.log2()[0], n.fma(width.log2()[1], log1pNear0(f)));
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
    Expr rough = e.add(1).rdiv(1);
    Expr rest = rough.neg().fma(e, rough.rsub(1)); // 1 - rough is exact
    return rest.fma(rough, rough);
  }

  /// `max(x, 0)` and `2ⁿ factor (quotient + rest)`, with a rest of less than half of the
  /// quotient: to the last digit also where the power alone is subnormal. No number for negative
  /// infinity, where a gate is 0.
  Expr below(Expr x, Expr factor, Split split, Expr quotient, Expr rest) {
    Expr scaled = factor.mul(raised(split, 0));
    Expr tail = quotient.fma(scaled, rest.mul(scaled));
    Expr y = tail.fma(lowering(), x.lt(0).select(x.mul(0), x));
    return x.eq(0).select(x, y);
  }

  /// `eⁿ` of a split whose number is not positive.
  private Expr exp(Split split) {
    Expr power = raised(split, 0);
    return lowered(split.rest.fma(power, power));
  }

  /// `x/(1 + e⁻ᵛ)`, which is `max(x, 0) - |x| e/(1 + e)` with `e = e^-|v|`.
  ///
  /// @param held `-|x|`, or where it would not matter any more a larger number
  /// @param split of `-|v|`
  private Expr gated(Expr x, Expr held, Split split) {
    Expr gate = reciprocalOfSum(exp(split));
    return below(x, held, split, gate, split.rest.mul(gate));
  }

  Expr silu(Expr x) {
    Expr size = Whole.negative(width.element(), x);
    double end = -width.vanished();
    Expr held = size.lt(end).select(end, size);
    return gated(x, held, split(held));
  }

  Expr softplus(Expr x) {
    return x.max(0).add(log1pOfUnit(expOfNegative(x.abs().neg())));
  }

  Expr logSigmoid(Expr x) {
    return softplus(x.neg()).neg();
  }

  /// `x tanh(log(1 + w))` with `w = eˣ`, which is `x w (w + 2)/(w² + 2w + 2)`. With `e = e^-|x|`
  /// it is `x e q` on the left with `q = (e + 2)/(e (e + 2) + 2)`, and `x q` on the right with `q
  /// = (2e + 1)/(e 2e + 2e + 1)`; a step of Newton's puts back what rounding took.
  Expr mish(Expr x) {
    Expr size = Whole.negative(width.element(), x);
    double end = -width.vanished();
    Expr gone = size.lt(end);
    Split split = split(gone.select(end, size));
    Expr e = exp(split);
    Expr isLeft = x.lt(0);
    Expr twice = e.add(e);
    Expr above = isLeft.select(e.add(2), twice.add(1));
    Expr factor = isLeft.select(above, twice);
    Expr start = isLeft.select(Expr.of(2), above);
    Expr denominator = e.fma(factor, start);
    Expr lost = e.fma(factor, start.sub(denominator));
    Expr rough = denominator.rdiv(1);
    Expr q = above.mul(rough);
    Expr back = q.neg();
    Expr rest = back.fma(lost, back.fma(denominator, above)).mul(rough);
    Expr scaled = x.mul(isLeft.select(gone.select(0, raised(split, 0)), 1));
    Expr excess = isLeft.select(split.rest, 0); // (q + rest) (1 + excess)
    Expr sum = excess.fma(q, excess.fma(rest, rest));
    Expr y = q.fma(scaled, sum.mul(scaled)).mul(isLeft.select(lowering(), 1));
    return x.gt(40).or(x.eq(0)).select(x, y);
  }

  /// `x` times half of one more than `tanh(√(2/π) (x + 0.044715 x³))`, which is `x/(1 + e⁻ᵛ)` with
  /// twice that angle as `v`. The angle is kept to half as many digits again, since its
  /// absolute error is the relative one of the exponential.
  Expr geluTanh(Expr x) {
    double[] scale = Polynomials.of(width.element()).geluTanh();
    double end = -sizeOfAngle(width.vanished(), scale[0], scale[2]);
    Expr size = Whole.negative(width.element(), x);
    Expr held = size.lt(end).select(end, size);
    Expr square = held.square();
    Expr lostSquare = held.fma(held, square.neg());
    Expr k = square.fma(scale[2], scale[0]);
    Expr lost = square.fma(scale[2], k.rsub(scale[0])); // exact: scale[0] has half of the digits
    Expr low = square.fma(scale[3], lostSquare.fma(scale[2], lost.add(scale[1])));
    Expr v = held.mul(k);
    Expr less = held.neg().fma(low, held.neg().fma(k, v)); // v less what it should be
    return gated(x, held, split(v, less));
  }

  /// Where `linear s + cubic s³` is `angle`, by Newton's steps from above.
  private static double sizeOfAngle(double angle, double linear, double cubic) {
    double size = StrictMath.cbrt(angle / cubic);
    for (int i = 0; i < 6; i++) {
      double square = size * size;
      double excess = (cubic * square + linear) * size - angle;
      size -= excess / (3 * cubic * square + linear);
    }
    return size;
  }
}
