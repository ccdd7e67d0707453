package org.wengert;

/// The comparisons of a [Variable] with Java's numbers; `F` has those of two variables. `BOOL`
/// results, no gradient. Integers are compared exactly, floating numbers in their own type, and
/// `NaN` is neither equal to anything, nor smaller, nor larger.
abstract sealed class Compared permits Variable {
  Compared() {}

  /// `this < b`, as `BOOL`.
  public Variable lt(double b) {
    return Compare.LT.with((Variable) this, b);
  }

  /// `this < b`, as `BOOL`.
  public Variable lt(long b) {
    return Compare.LT.with((Variable) this, b);
  }

  /// `this <= b`, as `BOOL`.
  public Variable le(double b) {
    return Compare.LE.with((Variable) this, b);
  }

  /// `this <= b`, as `BOOL`.
  public Variable le(long b) {
    return Compare.LE.with((Variable) this, b);
  }

  /// `this > b`, as `BOOL`.
  public Variable gt(double b) {
    return Compare.GT.with((Variable) this, b);
  }

  /// `this > b`, as `BOOL`.
  public Variable gt(long b) {
    return Compare.GT.with((Variable) this, b);
  }

  /// `this >= b`, as `BOOL`.
  public Variable ge(double b) {
    return Compare.GE.with((Variable) this, b);
  }

  /// `this >= b`, as `BOOL`.
  public Variable ge(long b) {
    return Compare.GE.with((Variable) this, b);
  }

  /// `this == b`, as `BOOL`; the method `equals` compares identities.
  public Variable eq(double b) {
    return Compare.EQ.with((Variable) this, b);
  }

  /// `this == b`, as `BOOL`; the method `equals` compares identities.
  public Variable eq(long b) {
    return Compare.EQ.with((Variable) this, b);
  }
}
