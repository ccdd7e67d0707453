package org.wengert.backend;

/// Rounding to whole numbers in primitives. A number that is added to `2²³` (of `double`, `2⁵²`)
/// and taken away again leaves `x` rounded; beyond, all numbers are whole.
final class Whole {
  private Whole() {}

  static Expr round(Element element, Expr x) {
    Expr size = x.abs();
    double beyond = element == Element.FLOAT ? 0x1p23 : 0x1p52;
    return withSign(element, size.lt(beyond).select(size.add(beyond).sub(beyond), size), x);
  }

  static Expr floor(Element element, Expr x) {
    Expr y = round(element, x);
    return y.gt(x).select(y.sub(1), y);
  }

  static Expr ceil(Element element, Expr x) {
    Expr y = round(element, x);
    return withSign(element, y.lt(x).select(y.add(1), y).abs(), x);
  }

  static Expr truncate(Element element, Expr x) {
    return withSign(element, floor(element, x.abs()), x);
  }

  /// `y`, which has no sign, with that of `x`.
  static Expr withSign(Element element, Expr y, Expr x) {
    Expr sign = Expr.bits(element == Element.FLOAT ? Integer.MIN_VALUE : Long.MIN_VALUE);
    return y.toBits().or(x.toBits().and(sign)).fromBits();
  }

  /// `-|x|`.
  static Expr negative(Element element, Expr x) {
    Expr sign = Expr.bits(element == Element.FLOAT ? Integer.MIN_VALUE : Long.MIN_VALUE);
    return x.toBits().or(sign).fromBits();
  }
}
