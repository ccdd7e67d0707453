package org.wengert.backend;

/// Inverse sine, cosine and tangent in primitives, of either width: a polynomial around 0, to which
/// half-angle and addition formulas lead back.
final class Arcs {
  static final Arcs FLOAT = new Arcs(Precision.FLOAT, Polynomials.FLOAT);
  static final Arcs DOUBLE = new Arcs(Precision.DOUBLE, Polynomials.DOUBLE);

  private static final double EIGHTH = Math.sqrt(2) - 1; // tan(π/8)

  private final Precision width;
  private final Polynomials polynomials;
  private final double quarter; // π/2, and what rounding took from it
  private final double rest;

  private Arcs(Precision width, Polynomials polynomials) {
    this.width = width;
    this.polynomials = polynomials;
    this.quarter = width.quarter()[0];
    this.rest = width.quarter()[1];
  }

  /// `asin(s) = s + bend` for a number up to 1/2, or for `s = √((1 - |x|)/2)` of a larger one,
  /// since `asin(x) = π/2 - 2 asin(√((1 - x)/2))`.
  private record Arc(Expr near, Expr s, Expr square) {}

  private static Arc arc(Expr size) {
    Expr near = size.lt(0.5);
    Expr square = near.select(size.square(), size.fma(-0.5, 0.5));
    return new Arc(near, near.select(size, square.sqrt()), square);
  }

  /// `asin(s) - s`, and some more.
  private Expr bend(Arc arc, Expr more) {
    return arc.s.mul(arc.square).fma(arc.square.polynomial(polynomials.arcsine()), more);
  }

  Expr asin(Expr x) {
    Arc arc = arc(x.abs());
    Expr bend = bend(arc, arc.near.select(0, -rest / 2));
    Expr start = arc.near.select(arc.s, arc.s.fma(-2, quarter));
    return Whole.withSign(width.element(), bend.fma(arc.near.select(1, -2), start), x);
  }

  /// `π/2 - asin(x)` near 0, `2 asin(√((1 - x)/2))` on the right, and `π` less that on the left.
  Expr acos(Expr x) {
    Arc arc = arc(x.abs());
    Expr isLeft = x.lt(0);
    Expr half = isLeft.select(-rest, 0);
    Expr bend = bend(arc, arc.near.select(isLeft.select(rest, -rest), half));
    Expr signed = isLeft.select(arc.s.neg(), arc.s);
    Expr turn = isLeft.select(2 * quarter, 0);
    Expr start = arc.near.select(signed.rsub(quarter), signed.fma(2, turn));
    Expr factor = arc.near.select(isLeft.select(1, -1), isLeft.select(-2, 2));
    return bend.fma(factor, start);
  }

  /// `atan(t)` near 0, `π/4 + atan((|x| - 1)/(|x| + 1))` around 1 and `π/2 - atan(1/|x|)` beyond.
  Expr atan(Expr x) {
    Expr size = x.abs();
    Expr near = size.lt(EIGHTH);
    Expr far = size.gt(1 / EIGHTH);
    Expr above = near.select(size, far.select(-1, size.sub(1)));
    Expr below = near.select(1, far.select(size, size.add(1)));
    Expr t = above.div(below);
    Expr square = t.square();
    Expr more = near.select(0, far.select(rest, rest / 2));
    Expr bend = t.mul(square).fma(square.polynomial(polynomials.arctangent()), more);
    Expr start = near.select(0, far.select(quarter, quarter / 2));
    Expr sum = start.add(t);
    Expr lost = start.sub(sum).add(t);
    return Whole.withSign(width.element(), sum.add(bend.add(lost)), x);
  }
}
