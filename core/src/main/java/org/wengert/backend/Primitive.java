package org.wengert.backend;

import org.jspecify.annotations.Nullable;
import org.wengert.backend.Expr.Kind;

/// What an [Expr] is made of: the few things that every loop can do, in plain Java and in vector
/// registers, with the same bits.
public enum Primitive {
  /// Element `i` of an input; the payload is the input's number.
  INPUT(null),
  /// The first element of an input, the same for the whole run; the payload is the input's number.
  HELD(null),
  /// A number given with each run; the payload is its place.
  SCALAR(Kind.REAL),
  /// A number; the payload holds the bits of a `double`, or a whole number.
  CONSTANT(null),
  /// `a + b`, of whole numbers without care for overflow.
  ADD(null),
  /// `a - b`, of whole numbers without care for overflow.
  SUB(null),
  /// `a b`.
  MUL(Kind.REAL),
  /// `a/b`.
  DIV(Kind.REAL),
  /// `a b + c`, rounded once.
  FMA(Kind.REAL),
  /// `-a`, also of zeros.
  NEG(Kind.REAL),
  /// `a` without its sign.
  ABS(Kind.REAL),
  /// The correctly rounded root.
  SQRT(Kind.REAL),
  /// The smaller, as in `Math.min`: `NaN` wins, and -0 is below 0.
  MIN(Kind.REAL),
  /// The larger, as in `Math.max`: `NaN` wins, and 0 is above -0.
  MAX(Kind.REAL),
  /// `a < b`.
  LT(Kind.TRUTH),
  /// `a <= b`.
  LE(Kind.TRUTH),
  /// `a = b`.
  EQ(Kind.TRUTH),
  /// `a ≠ b`, true beside `NaN`.
  NE(Kind.TRUTH),
  /// Both, or bit by bit.
  AND(null),
  /// One of them, or bit by bit.
  OR(null),
  /// Not equal, or bit by bit.
  XOR(null),
  /// The opposite truth.
  NOT(Kind.TRUTH),
  /// `a ? b : c`.
  SELECT(Kind.REAL),
  /// The bits of a number, as a whole number of its width.
  BITS(Kind.WHOLE),
  /// The number with these bits.
  FROM_BITS(Kind.REAL),
  /// `a << payload`.
  SHL(Kind.WHOLE),
  /// `a >> payload`, with the sign.
  SHR(Kind.WHOLE),
  /// A named function: the payload is its place in [Fn]. In a loop, one that has no polynomial in
  /// this width, and is called element by element.
  CALL(Kind.REAL),
  /// `a ? f(b) : c` of a named function `f`, which is called where `a` holds: seldom.
  CALL_WHERE(Kind.REAL);

  private final @Nullable Kind kind;

  Primitive(@Nullable Kind kind) {
    this.kind = kind;
  }

  /// The kind of its values, or that of its first operand.
  Kind kindOver(Kind first) {
    return kind == null ? first : kind;
  }
}
