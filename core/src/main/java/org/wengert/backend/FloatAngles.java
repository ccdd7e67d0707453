package org.wengert.backend;

/// Sine, cosine and tangent of `float` in primitives: the angle is reduced to an eighth of a turn
/// by taking away quarters in three parts; beyond some ten thousand turns, where that is no longer
/// exact, the function is called.
final class FloatAngles {
  private static final double LARGEST = 60_000;
  private static final float TWO_OVER_PI = (float) (2 / Math.PI);
  private static final float QUARTER = (float) (Math.PI / 2);
  private static final float QUARTER_REST = (float) (Math.PI / 2 - QUARTER);
  private static final float QUARTER_LAST =
      (float) ((Math.PI / 2 - QUARTER - QUARTER_REST) + 6.123233995736766e-17);

  /// Below, sine and tangent are the angle itself.
  private static final float TINY = 0x1p-13f;

  private FloatAngles() {}

  /// `x = q π/2 + r` with `|r| <= π/4`; `q` in the low bits, above those of the rounder.
  private record Reduced(Expr q, Expr r) {
    static Reduced of(Expr x) {
      Expr shifted = x.fma(TWO_OVER_PI, FloatFunctions.ROUNDER);
      Expr n = shifted.sub(FloatFunctions.ROUNDER);
      Expr r = n.fma(-QUARTER_LAST, n.fma(-QUARTER_REST, n.fma(-QUARTER, x)));
      return new Reduced(shifted.toBits(), r);
    }

    Expr sine() {
      Expr square = r.square();
      Expr p = square.polynomial(-0.00019506844f, 0.008332102f, -0.16666654f);
      return square.mul(r).fma(p, r);
    }

    Expr cosine() {
      Expr square = r.square();
      Expr p = square.polynomial(2.4430881e-05f, -0.0013887302f, 0.041666646f);
      return p.fma(square.square(), square.fma(-0.5, 1));
    }

    /// Whether a number of quarters is even.
    Expr isEven(Expr quarters) {
      return quarters.and(Expr.bits(1)).shl(30).fromBits().eq(0); // 0 or 2
    }
  }

  /// The sine of an angle that is some quarters further.
  private static Expr turned(Fn f, Expr x, int quarters) {
    Reduced reduced = Reduced.of(x);
    Expr q = reduced.q.add(Expr.bits(quarters));
    Expr y = reduced.isEven(q).select(reduced.sine(), reduced.cosine());
    Expr sign = q.and(Expr.bits(2)).shl(30);
    return beyond(f, x, y.toBits().xor(sign).fromBits());
  }

  private static Expr beyond(Fn f, Expr x, Expr usual) {
    return x.abs().gt(LARGEST).callWhere(f, x, usual);
  }

  static Expr sin(Expr x) {
    return x.abs().lt(TINY).select(x, turned(Fn.SIN, x, 0));
  }

  static Expr cos(Expr x) {
    return turned(Fn.COS, x, 1);
  }

  static Expr tan(Expr x) {
    Reduced reduced = Reduced.of(x);
    Expr even = reduced.isEven(reduced.q);
    Expr sine = reduced.sine();
    Expr cosine = reduced.cosine();
    Expr y = even.select(sine, cosine.neg()).div(even.select(cosine, sine));
    return x.abs().lt(TINY).select(x, beyond(Fn.TAN, x, y));
  }
}
