package org.wengert.backend;

import org.jspecify.annotations.Nullable;
import org.wengert.backend.Expr.Kind;

/// What an [Expr] is made of: the few things that every loop can do, in plain Java and in vector
/// registers, with the same bits.
public enum Primitive {
  /// Element `i` of an input; the payload is the input's number.
  INPUT(null, OperandKinds.NONE),
  /// The first element of an input, the same for the whole run; the payload is the input's number.
  HELD(null, OperandKinds.NONE),
  /// A number given with each run; the payload is its place.
  SCALAR(Kind.REAL, OperandKinds.NONE),
  /// A number; the payload holds the bits of a `double`, or a whole number.
  CONSTANT(null, OperandKinds.NONE),
  /// `a + b`, of whole numbers without care for overflow.
  ADD(null, OperandKinds.NUMBERS),
  /// `a - b`, of whole numbers without care for overflow.
  SUB(null, OperandKinds.NUMBERS),
  /// `a b`.
  MUL(Kind.REAL, OperandKinds.REALS),
  /// `a/b`.
  DIV(Kind.REAL, OperandKinds.REALS),
  /// `a b + c`, rounded once.
  FMA(Kind.REAL, OperandKinds.REALS),
  /// `-a`, also of zeros.
  NEG(Kind.REAL, OperandKinds.REALS),
  /// `a` without its sign.
  ABS(Kind.REAL, OperandKinds.REALS),
  /// The correctly rounded root.
  SQRT(Kind.REAL, OperandKinds.REALS),
  /// The smaller, as in `Math.min`: `NaN` wins, and -0 is below 0.
  MIN(Kind.REAL, OperandKinds.REALS),
  /// The larger, as in `Math.max`: `NaN` wins, and 0 is above -0.
  MAX(Kind.REAL, OperandKinds.REALS),
  /// `a < b`.
  LT(Kind.TRUTH, OperandKinds.REALS),
  /// `a <= b`.
  LE(Kind.TRUTH, OperandKinds.REALS),
  /// `a = b`.
  EQ(Kind.TRUTH, OperandKinds.REALS),
  /// `a ≠ b`, true beside `NaN`.
  NE(Kind.TRUTH, OperandKinds.REALS),
  /// Both, or bit by bit.
  AND(null, OperandKinds.BITS),
  /// One of them, or bit by bit.
  OR(null, OperandKinds.BITS),
  /// Not equal, or bit by bit.
  XOR(null, OperandKinds.BITS),
  /// The opposite truth.
  NOT(Kind.TRUTH, OperandKinds.TRUTH),
  /// `a ? b : c`.
  SELECT(Kind.REAL, OperandKinds.CHOICE),
  /// The bits of a number, as a whole number of its width.
  BITS(Kind.WHOLE, OperandKinds.REALS),
  /// The number with these bits.
  FROM_BITS(Kind.REAL, OperandKinds.WHOLE),
  /// `a << payload`.
  SHL(Kind.WHOLE, OperandKinds.WHOLE),
  /// `a >> payload`, with the sign.
  SHR(Kind.WHOLE, OperandKinds.WHOLE),
  /// A named function: the payload is its place in [Fn]. In a loop, one that has no polynomial in
  /// this width, and is called element by element.
  CALL(Kind.REAL, OperandKinds.REALS),
  /// `a ? f(b) : c` of a named function `f`, which is called where `a` holds: seldom.
  CALL_WHERE(Kind.REAL, OperandKinds.CHOICE);

  private final @Nullable Kind kind;
  private final OperandKinds operands;

  Primitive(@Nullable Kind kind, OperandKinds operands) {
    this.kind = kind;
    this.operands = operands;
  }

  /// Refuses operands that it is not defined for.
  void check(Expr... args) {
    operands.check(this, args);
  }

  /// The kind of its values, or that of its first operand.
  Kind kindOver(Kind first) {
    return kind == null ? first : kind;
  }
}
