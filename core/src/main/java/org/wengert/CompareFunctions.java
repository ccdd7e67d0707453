package org.wengert;

import org.wengert.tensor.DType;
import org.wengert.tensor.DTypeException;
import org.wengert.tensor.Shape;
import org.wengert.tensor.Tensor;
import org.wengert.tensor.WengertException;

/// The functions of [F] that ask, choose, and work on bits.
abstract class CompareFunctions extends Refusals {
  CompareFunctions() {}

  /// `a == b`, as `BOOL`.
  public static Variable eq(Variable a, Variable b) {
    return Compare.EQ.apply(a, b);
  }

  /// `a == b`, as `BOOL`; integers are compared exactly.
  public static Variable eq(Variable a, double b) {
    return a.against(Compare.EQ, b);
  }

  /// `a == b`, as `BOOL`; integers are compared exactly.
  public static Variable eq(Variable a, long b) {
    return a.against(Compare.EQ, b);
  }

  /// `a != b`, as `BOOL`; on booleans the exclusive or.
  public static Variable ne(Variable a, Variable b) {
    return Compare.NE.apply(a, b);
  }

  /// `a != b`, as `BOOL`; integers are compared exactly.
  public static Variable ne(Variable a, double b) {
    return a.against(Compare.NE, b);
  }

  /// `a != b`, as `BOOL`; integers are compared exactly.
  public static Variable ne(Variable a, long b) {
    return a.against(Compare.NE, b);
  }

  /// `a < b`, as `BOOL`.
  public static Variable lt(Variable a, Variable b) {
    return Compare.LT.apply(a, b);
  }

  /// `a < b`, as `BOOL`; integers are compared exactly.
  public static Variable lt(Variable a, double b) {
    return a.against(Compare.LT, b);
  }

  /// `a < b`, as `BOOL`; integers are compared exactly.
  public static Variable lt(Variable a, long b) {
    return a.against(Compare.LT, b);
  }

  /// `a <= b`, as `BOOL`.
  public static Variable le(Variable a, Variable b) {
    return Compare.LE.apply(a, b);
  }

  /// `a <= b`, as `BOOL`; integers are compared exactly.
  public static Variable le(Variable a, double b) {
    return a.against(Compare.LE, b);
  }

  /// `a <= b`, as `BOOL`; integers are compared exactly.
  public static Variable le(Variable a, long b) {
    return a.against(Compare.LE, b);
  }

  /// `a > b`, as `BOOL`.
  public static Variable gt(Variable a, Variable b) {
    return Compare.GT.apply(a, b);
  }

  /// `a > b`, as `BOOL`; integers are compared exactly.
  public static Variable gt(Variable a, double b) {
    return a.against(Compare.GT, b);
  }

  /// `a > b`, as `BOOL`; integers are compared exactly.
  public static Variable gt(Variable a, long b) {
    return a.against(Compare.GT, b);
  }

  /// `a >= b`, as `BOOL`.
  public static Variable ge(Variable a, Variable b) {
    return Compare.GE.apply(a, b);
  }

  /// `a >= b`, as `BOOL`; integers are compared exactly.
  public static Variable ge(Variable a, double b) {
    return a.against(Compare.GE, b);
  }

  /// `a >= b`, as `BOOL`; integers are compared exactly.
  public static Variable ge(Variable a, long b) {
    return a.against(Compare.GE, b);
  }

  /// Whether `a` and `b` differ by at most `atol + rtol |b|`, or are the same infinity, as `BOOL`;
  /// `NaN` is close to nothing. PyTorch's defaults are `rtol` 1e-5 and `atol` 1e-8, see
  /// [#isClose(Variable, Variable)].
  public static Variable isClose(Variable a, Variable b, double rtol, double atol) {
    try {
      Variable x = a.detach();
      Variable y = b.detach();
      Variable gap = F.abs(x.sub(y));
      Variable near = le(gap, F.abs(y.mul(rtol)).add(atol));
      return logicalOr(eq(x, y), logicalAnd(near, isFinite(gap)));
    } catch (WengertException e) {
      throw refused(e, "isClose", a, b);
    }
  }

  /// [#isClose(Variable, Variable, double, double)] with `rtol` 1e-5 and `atol` 1e-8.
  public static Variable isClose(Variable a, Variable b) {
    return isClose(a, b, 1e-5, 1e-8);
  }

  /// [#isClose(Variable, Variable, double, double)]; with `equalNaN`, two `NaN` are close.
  public static Variable isClose(
      Variable a, Variable b, double rtol, double atol, boolean equalNaN) {
    try {
      Variable close = isClose(a, b, rtol, atol);
      return equalNaN ? logicalOr(close, logicalAnd(isNaN(a), isNaN(b))) : close;
    } catch (WengertException e) {
      throw refused(e, "isClose", a, b);
    }
  }

  /// Whether each number is finite, as `BOOL`.
  public static Variable isFinite(Variable x) {
    return F.abs(x.detach()).lt(Double.POSITIVE_INFINITY);
  }

  /// Whether each number is infinite, as `BOOL`.
  public static Variable isInf(Variable x) {
    return F.abs(x.detach()).eq(Double.POSITIVE_INFINITY);
  }

  /// Whether each number is `NaN`, as `BOOL`.
  public static Variable isNaN(Variable x) {
    return ne(x, x);
  }

  /// Whether each number has its sign bit set, as `BOOL`: negative, or -0.
  public static Variable signBit(Variable x) {
    return F.copySign(onesLike(x), x.detach()).lt(0);
  }

  /// Whether both are true (not 0), as `BOOL`.
  public static Variable logicalAnd(Variable a, Variable b) {
    return attempt("logicalAnd", () -> bitwiseAnd(a.to(DType.BOOL), b.to(DType.BOOL)), a, b);
  }

  /// Whether it is false (0), as `BOOL`.
  public static Variable logicalNot(Variable x) {
    return x.eq(0);
  }

  /// Whether at least one is true (not 0), as `BOOL`.
  public static Variable logicalOr(Variable a, Variable b) {
    return attempt("logicalOr", () -> bitwiseOr(a.to(DType.BOOL), b.to(DType.BOOL)), a, b);
  }

  /// Whether exactly one is true (not 0), as `BOOL`.
  public static Variable logicalXor(Variable a, Variable b) {
    return attempt("logicalXor", () -> bitwiseXor(a.to(DType.BOOL), b.to(DType.BOOL)), a, b);
  }

  /// The bits set in both, of integers or booleans.
  ///
  /// @throws DTypeException if an operand is floating
  public static Variable bitwiseAnd(Variable a, Variable b) {
    return Bitwise.BITWISE_AND.apply(a, b);
  }

  /// `a · 2ᵇ` by moving bits of integers; 0 where `b` is negative or moves all bits out.
  ///
  /// @throws DTypeException if an operand is floating
  public static Variable bitwiseLeftShift(Variable a, Variable b) {
    return Bitwise.BITWISE_LEFT_SHIFT.apply(a, b);
  }

  /// The opposite bits of integers, the opposite of booleans.
  ///
  /// @throws DTypeException if `x` is floating
  public static Variable bitwiseNot(Variable x) {
    return attempt("bitwiseNot", () -> bitwiseXor(x, fullLike(x, -1)), x);
  }

  /// The bits set in at least one, of integers or booleans.
  ///
  /// @throws DTypeException if an operand is floating
  public static Variable bitwiseOr(Variable a, Variable b) {
    return Bitwise.BITWISE_OR.apply(a, b);
  }

  /// `a / 2ᵇ` rounded down, by moving bits of integers; the sign alone stays where `b` is negative
  /// or moves all bits out.
  ///
  /// @throws DTypeException if an operand is floating
  public static Variable bitwiseRightShift(Variable a, Variable b) {
    return Bitwise.BITWISE_RIGHT_SHIFT.apply(a, b);
  }

  /// The bits set in exactly one, of integers or booleans.
  ///
  /// @throws DTypeException if an operand is floating
  public static Variable bitwiseXor(Variable a, Variable b) {
    return Bitwise.BITWISE_XOR.apply(a, b);
  }

  /// `condition ? a : b`, element by element; the branch not taken gets a gradient of exactly 0.
  ///
  /// An infinite derivative further back turns that 0 into `NaN`, as in PyTorch: at 0 the gradient
  /// of `where(x.gt(0), x.sqrt(), zerosLike(x))` is `0 · ∞`. The remedy is a second `where` in
  /// front, which keeps the function away from its pole; this gradient is 0:
  ///
  /// ```
  /// Variable positive = x.gt(0);
  /// Variable safe = F.where(positive, x, F.onesLike(x));
  /// Variable y = F.where(positive, safe.sqrt(), F.zerosLike(x));
  /// ```
  public static Variable where(Variable condition, Variable a, Variable b) {
    return new Where(condition.value()).apply(a, b);
  }

  /// `x` with `value`, a number or a 0-d tensor, where the mask is true, in the type of `x`.
  /// What is replaced gets a gradient of exactly 0, to which holds what [#where] says: where `x`
  /// was computed with an infinite derivative, replace the operand of that, too.
  ///
  /// @throws DTypeException if the mask is not `BOOL`
  public static Variable maskedFill(Variable x, Variable mask, Variable value) {
    return attempt("maskedFill", () -> where(mask, value.to(x.dtype()), x), x, mask, value);
  }

  /// [#maskedFill(Variable, Variable, Variable)] with a number.
  public static Variable maskedFill(Variable x, Variable mask, double value) {
    return attempt("maskedFill", () -> where(mask, numberLike(x, value), x), x, mask);
  }

  /// Zeros of the shape and type of `x`.
  public static Variable zerosLike(Variable x) {
    return fullLike(x, 0);
  }

  /// Ones of the shape and type of `x`.
  public static Variable onesLike(Variable x) {
    return fullLike(x, 1);
  }

  /// The number, repeated to the shape of `x`, in the type of `x`.
  public static Variable fullLike(Variable x, double number) {
    return Variable.constant(Tensor.full(Shape.SCALAR, number, x.dtype()).expand(x.shape()));
  }

  /// The number as a scalar in the type of `x`.
  static Constant numberLike(Variable x, double number) {
    return Variable.constant(Tensor.full(Shape.SCALAR, number, x.dtype()));
  }
}
