package org.wengert;

import org.wengert.tensor.Tensor;

/// The comparisons of a [Variable] with Java's numbers; `F` has those of two variables. `BOOL`
/// results, no gradient. Integers are compared exactly, floating numbers in their own type, and
/// `NaN` is neither equal to anything, nor smaller, nor larger.
abstract sealed class Compared permits Variable {
  Compared() {}

  /// `this < b`, as `BOOL`.
  public Variable lt(double b) {
    return against(Compare.LT, b);
  }

  /// `this < b`, as `BOOL`.
  public Variable lt(long b) {
    return against(Compare.LT, b);
  }

  /// `this <= b`, as `BOOL`.
  public Variable le(double b) {
    return against(Compare.LE, b);
  }

  /// `this <= b`, as `BOOL`.
  public Variable le(long b) {
    return against(Compare.LE, b);
  }

  /// `this > b`, as `BOOL`.
  public Variable gt(double b) {
    return against(Compare.GT, b);
  }

  /// `this > b`, as `BOOL`.
  public Variable gt(long b) {
    return against(Compare.GT, b);
  }

  /// `this >= b`, as `BOOL`.
  public Variable ge(double b) {
    return against(Compare.GE, b);
  }

  /// `this >= b`, as `BOOL`.
  public Variable ge(long b) {
    return against(Compare.GE, b);
  }

  /// `this == b`, as `BOOL`; the method `equals` compares identities.
  public Variable eq(double b) {
    return against(Compare.EQ, b);
  }

  /// `this == b`, as `BOOL`; the method `equals` compares identities.
  public Variable eq(long b) {
    return against(Compare.EQ, b);
  }

  /// Compares with a whole number, of which integers see every digit, also if their own type could
  /// not hold it.
  final Variable against(Compare order, long b) {
    Variable a = (Variable) this;
    return order.apply(a, a.dtype().isFloating() ? a.scalar(b) : Variable.constant(Tensor.of(b)));
  }

  /// The same for a number that need not be whole. No integer reaches 2⁶³, to which the largest
  /// would be rounded beside a double; beside infinity it is smaller.
  final Variable against(Compare order, double b) {
    Variable a = (Variable) this;
    if (a.dtype().isFloating()) {
      return order.apply(a, a.scalar(b));
    }
    boolean beyond = Math.abs(b) > 0x1p63 || b == 0x1p63;
    return b == (long) b && !beyond
        ? against(order, (long) b)
        : order.apply(a, Variable.constant(beyond ? b * Double.POSITIVE_INFINITY : b));
  }
}
