package org.wengert.backend;

/// Sine, cosine, tangent and `sin(πx)/(πx)` in primitives, of either width: the angle is reduced
/// to an eighth of a turn by taking away quarters in three parts; beyond some ten thousand turns,
/// where that is no longer exact, the function is called.
final class Angles {
  static final Angles FLOAT = new Angles(Precision.FLOAT, Polynomials.FLOAT);
  static final Angles DOUBLE = new Angles(Precision.DOUBLE, Polynomials.DOUBLE);

  private static final double LARGEST = 60_000;

  private final Precision width;
  private final Polynomials polynomials;
  private final double tiny; // below, sine and tangent are the angle itself

  private Angles(Precision width, Polynomials polynomials) {
    this.width = width;
    this.polynomials = polynomials;
    this.tiny = Math.scalb(1.0, -width.digits() / 2 - 2);
  }

  /// An angle reduced to `q π/2 + r` with `|r| <= π/4`.
  ///
  /// @param q in the low bits, above those of the rounder
  private record Reduced(Expr q, Expr r) {}

  private Reduced reduced(Expr x) {
    Expr shifted = x.fma(2 / Math.PI, width.rounder());
    Expr n = shifted.sub(width.rounder());
    double[] quarter = width.quarter();
    Expr r = n.fma(-quarter[2], n.fma(-quarter[1], n.fma(-quarter[0], x)));
    return new Reduced(shifted.toBits(), r);
  }

  private Expr sine(Expr r) {
    Expr square = r.square();
    return square.mul(r).fma(square.polynomial(width.sine()), r);
  }

  private Expr cosine(Expr r) {
    Expr square = r.square();
    Expr p = square.polynomial(width.cosine());
    return p.fma(square.square(), square.fma(-0.5, 1));
  }

  /// Whether a number of quarters is even.
  private Expr isEven(Expr quarters) {
    int toTwo = width.element() == Element.FLOAT ? 30 : 62; // the lowest bit makes a 2 of a 0
    return quarters.and(Expr.bits(1)).shl(toTwo).fromBits().eq(0);
  }

  /// The sine of an angle that is some quarters further.
  private Expr turned(Fn f, Expr x, int quarters) {
    Reduced reduced = reduced(x);
    Expr q = reduced.q.add(Expr.bits(quarters));
    Expr y = isEven(q).select(sine(reduced.r), cosine(reduced.r));
    Expr sign = q.and(Expr.bits(2)).shl(width.element() == Element.FLOAT ? 30 : 62);
    return beyond(f, x, y.toBits().xor(sign).fromBits());
  }

  private static Expr beyond(Fn f, Expr x, Expr usual) {
    return x.abs().gt(LARGEST).callWhere(f, x, usual);
  }

  Expr sin(Expr x) {
    return x.abs().lt(tiny).select(x, turned(Fn.SIN, x, 0));
  }

  Expr cos(Expr x) {
    return turned(Fn.COS, x, 1);
  }

  /// The tangent of `r`, or `-1/tan(r)` if the number of quarters is odd. The rest of the angle
  /// keeps what rounding takes from it, `x` less quarters being exact in the first step: the
  /// tangent magnifies errors of the angle.
  Expr tan(Expr x) {
    Expr shifted = x.fma(2 / Math.PI, width.rounder());
    Expr n = shifted.sub(width.rounder());
    double[] quarter = width.quarter();
    Expr exact = n.fma(-quarter[0], x);
    Expr second = n.mul(quarter[1]);
    Expr lost = n.fma(quarter[1], second.neg());
    Expr r = exact.sub(second);
    Expr rest = n.fma(-quarter[2], exact.sub(r).sub(second).sub(lost));
    Expr square = r.square();
    Expr p = square.polynomial(polynomials.tangent());
    Expr bend = square.mul(r).fma(p, square.fma(rest, rest));
    Expr tangent = r.add(bend);
    Expr y = isEven(shifted.toBits()).select(tangent, cotangent(tangent, r, bend).neg());
    return x.abs().lt(tiny).select(x, beyond(Fn.TAN, x, y));
  }

  /// `1/(r + bend)`, by a division and a step of Newton's.
  private static Expr cotangent(Expr sum, Expr r, Expr bend) {
    Expr rough = sum.rdiv(1);
    Expr back = rough.neg();
    Expr rest = back.fma(bend.sub(sum.sub(r)), back.fma(sum, 1));
    return rest.fma(rough, rough);
  }

  /// `sin(πr)/(πr) · r/x` with the sign of the nearest whole number, from which `x` is `r` away:
  /// 0 at all whole numbers but 0.
  Expr sinc(Expr x) {
    Expr size = x.abs();
    double first = Math.scalb(1.0, width.digits()); // from here on, all numbers are whole
    Expr shifted = size.add(first);
    Expr n = shifted.sub(first);
    Expr r = size.sub(n);
    Expr square = r.square();
    Expr bend = square.mul(square.polynomial(polynomials.sinc()));
    Expr start = n.eq(0).select(1, r.div(size));
    int toSign = width.element() == Element.FLOAT ? 31 : 63;
    Expr sign = shifted.toBits().and(Expr.bits(1)).shl(toSign);
    Expr y = bend.fma(start, start).toBits().xor(sign).fromBits();
    return size.lt(first).select(y, size.mul(0));
  }
}
