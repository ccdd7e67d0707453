package org.wengert.backend;

/// Sine, cosine and tangent in primitives, of either width: the angle is reduced to an eighth of a
/// turn by taking away quarters in three parts; beyond some ten thousand turns, where that is no
/// longer exact, the function is called.
final class Angles {
  static final Angles FLOAT = new Angles(Precision.FLOAT);
  static final Angles DOUBLE = new Angles(Precision.DOUBLE);

  private static final double LARGEST = 60_000;

  private final Precision width;
  private final double tiny; // below, sine and tangent are the angle itself

  private Angles(Precision width) {
    this.width = width;
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

  Expr tan(Expr x) {
    Reduced reduced = reduced(x);
    Expr even = isEven(reduced.q);
    Expr sine = sine(reduced.r);
    Expr cosine = cosine(reduced.r);
    Expr y = even.select(sine, cosine.neg()).div(even.select(cosine, sine));
    return x.abs().lt(tiny).select(x, beyond(Fn.TAN, x, y));
  }
}
