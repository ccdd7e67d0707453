package org.wengert;

import org.wengert.backend.Backends;
import org.wengert.backend.LongFunction;
import org.wengert.tensor.DType;
import org.wengert.tensor.DTypeException;
import org.wengert.tensor.Tensor;
import org.wengert.tensor.WengertException;

/// The functions of [F] of two or three numbers.
abstract class ArithmeticFunctions extends CompareFunctions {
  ArithmeticFunctions() {}

  /// `a + b`.
  public static Variable add(Variable a, Variable b) {
    return a.add(b);
  }

  /// `a + b`.
  public static Variable add(Variable a, double b) {
    return a.add(b);
  }

  /// `a + b`; integers stay integers.
  public static Variable add(Variable a, long b) {
    return a.add(b);
  }

  /// `a + alpha b`.
  public static Variable add(Variable a, Variable b, double alpha) {
    return a.add(scaled(b, alpha));
  }

  /// `a - b`.
  ///
  /// @throws DTypeException if both are `BOOL`
  public static Variable sub(Variable a, Variable b) {
    return a.sub(b);
  }

  /// `a - b`.
  public static Variable sub(Variable a, double b) {
    return a.sub(b);
  }

  /// `a - b`; integers stay integers.
  public static Variable sub(Variable a, long b) {
    return a.sub(b);
  }

  /// `a - alpha b`.
  public static Variable sub(Variable a, Variable b, double alpha) {
    return a.sub(scaled(b, alpha));
  }

  /// `b - a`: subtraction with the sides reversed.
  public static Variable rsub(Variable a, Variable b) {
    return attempt("rsub", () -> b.sub(a), a, b);
  }

  /// `b - a` for a number `b`.
  public static Variable rsub(Variable a, double b) {
    return attempt("rsub", () -> a.rsub(b), a);
  }

  /// `b - a` for a number `b`; integers stay integers.
  public static Variable rsub(Variable a, long b) {
    return a.rsub(b);
  }

  /// `a · b`, element by element.
  public static Variable mul(Variable a, Variable b) {
    return a.mul(b);
  }

  /// `a · b`.
  public static Variable mul(Variable a, double b) {
    return a.mul(b);
  }

  /// `a · b`; integers stay integers.
  public static Variable mul(Variable a, long b) {
    return a.mul(b);
  }

  /// `a / b`, element by element; floating also for integers.
  public static Variable div(Variable a, Variable b) {
    return attempt("div", () -> a.div(b), a, b);
  }

  /// `a / b`.
  public static Variable div(Variable a, double b) {
    return attempt("div", () -> a.div(b), a);
  }

  /// `a / b` for a number `a`.
  public static Variable div(double a, Variable b) {
    return attempt("div", () -> b.scalar(a).div(b), b);
  }

  /// `a / b` made whole, in the promoted type of both; derivative 0.
  ///
  /// @throws DTypeException if integers are divided by 0
  public static Variable div(Variable a, Variable b, Rounding rounding) {
    try {
      return switch (rounding) {
        case FLOOR -> Arithmetic.FLOOR_DIVIDE.apply(a, b);
        case TRUNC -> Arithmetic.TRUNCATE_DIVIDE.apply(a, b);
      };
    } catch (WengertException e) {
      throw refused(e, "div", a, b);
    }
  }

  /// `a / b` rounded down, in the promoted type of both; derivative 0.
  ///
  /// @throws DTypeException if integers are divided by 0
  public static Variable floorDivide(Variable a, Variable b) {
    return Arithmetic.FLOOR_DIVIDE.apply(a, b);
  }

  /// `a / b` rounded down; derivative 0.
  public static Variable floorDivide(Variable a, double b) {
    return attempt("floorDivide", () -> floorDivide(a, a.scalar(b)), a);
  }

  /// `a / b` rounded down; integers stay integers.
  ///
  /// @throws DTypeException if integers are divided by 0
  public static Variable floorDivide(Variable a, long b) {
    return attempt("floorDivide", () -> floorDivide(a, a.scalar(b)), a);
  }

  /// The rest of the division rounded towards 0; it has the sign of `a`.
  ///
  /// @throws DTypeException if integers are divided by 0
  public static Variable fmod(Variable a, Variable b) {
    return Arithmetic.FMOD.apply(a, b);
  }

  /// The rest of the division rounded towards 0; it has the sign of `a`.
  public static Variable fmod(Variable a, double b) {
    return fmod(a, a.scalar(b));
  }

  /// The rest of the division rounded towards 0; integers stay integers.
  ///
  /// @throws DTypeException if integers are divided by 0
  public static Variable fmod(Variable a, long b) {
    return fmod(a, a.scalar(b));
  }

  /// The rest of the division rounded down; it has the sign of `b`.
  ///
  /// @throws DTypeException if integers are divided by 0
  public static Variable remainder(Variable a, Variable b) {
    return Arithmetic.REMAINDER.apply(a, b);
  }

  /// The rest of the division rounded down; it has the sign of `b`.
  public static Variable remainder(Variable a, double b) {
    return remainder(a, a.scalar(b));
  }

  /// The rest of the division rounded down; integers stay integers.
  ///
  /// @throws DTypeException if integers are divided by 0
  public static Variable remainder(Variable a, long b) {
    return remainder(a, a.scalar(b));
  }

  /// `aᵇ`. The derivative by `b` is 0 at `a = 0`, `b ≥ 0`, and `NaN` for negative `a`.
  ///
  /// @throws DTypeException if all are integers and an exponent is negative
  public static Variable pow(Variable a, Variable b) {
    return a.pow(b);
  }

  /// `aᵇ`; `FLOAT32` for integers.
  public static Variable pow(Variable a, double b) {
    return a.pow(b);
  }

  /// `aᵇ`; integers stay integers.
  ///
  /// @throws DTypeException if `a` is integral and `b` negative
  public static Variable pow(Variable a, long b) {
    return a.pow(b);
  }

  /// `aᵇ`; `FLOAT32` for integers.
  public static Variable pow(double a, Variable b) {
    return b.scalar(a).pow(b);
  }

  /// `aᵇ`; integers stay integers.
  ///
  /// @throws DTypeException if `b` is integral and negative
  public static Variable pow(long a, Variable b) {
    return b.scalar(a).pow(b);
  }

  /// The angle of the point `(x, y)`; the derivative at the origin is 0.
  public static Variable atan2(Variable y, Variable x) {
    return Arithmetic.ATAN2.apply(y, x);
  }

  /// `a` with the sign of `b`, also of -0; no gradient for `b`, and none for `a` at 0.
  public static Variable copySign(Variable a, Variable b) {
    return Arithmetic.COPY_SIGN.apply(a, b);
  }

  /// `√(a² + b²)`, without overflow; the derivative at the origin is `NaN`.
  public static Variable hypot(Variable a, Variable b) {
    return Arithmetic.HYPOT.apply(a, b);
  }

  /// `log(exp a + exp b)`, without overflow.
  public static Variable logAddExp(Variable a, Variable b) {
    return Arithmetic.LOG_ADD_EXP.apply(a, b);
  }

  /// `log₂(2ᵃ + 2ᵇ)`, without overflow.
  public static Variable logAddExp2(Variable a, Variable b) {
    return Arithmetic.LOG_ADD_EXP2.apply(a, b);
  }

  /// `a log b`, and 0 where `a` is 0, unless `b` is `NaN`.
  public static Variable xlogy(Variable a, Variable b) {
    return Arithmetic.XLOGY.apply(a, b);
  }

  /// The larger of each pair; a tie halves the gradient, and `NaN` beats every number.
  public static Variable maximum(Variable a, Variable b) {
    return Arithmetic.MAXIMUM.apply(a, b);
  }

  /// The smaller of each pair; a tie halves the gradient, and `NaN` beats every number.
  public static Variable minimum(Variable a, Variable b) {
    return Arithmetic.MINIMUM.apply(a, b);
  }

  /// The larger of each pair; at a tie `a` gets the gradient, and every number beats `NaN`.
  public static Variable fmax(Variable a, Variable b) {
    return Arithmetic.FMAX.apply(a, b);
  }

  /// The smaller of each pair; at a tie `a` gets the gradient, and every number beats `NaN`.
  public static Variable fmin(Variable a, Variable b) {
    return Arithmetic.FMIN.apply(a, b);
  }

  /// `min(max(x, least), most)`; the derivative at a bound is 1. An infinite bound is none.
  public static Variable clamp(Variable x, double least, double most) {
    return attempt("clamp", () -> new Clamp(least, most).apply(x), x);
  }

  /// `min(max(x, least), most)`; integers stay integers. A bound that their type cannot hold is
  /// none, unless it is on the wrong side: then its low bits are left.
  public static Variable clamp(Variable x, long least, long most) {
    try {
      if (x.dtype().isFloating()) {
        return clamp(x, (double) least, (double) most);
      }
      Tensor whole = x.dtype() == DType.BOOL ? x.value.to(DType.INT64) : x.value;
      LongFunction clamped = n -> Math.min(Math.max(n, least), most);
      return new Constant(Backends.current().mapLongs(clamped, whole));
    } catch (WengertException e) {
      throw refused(e, "clamp", x);
    }
  }

  /// `min(max(x, least), most)`. At a bound the gradient goes to `x`, beyond it to the bound, and
  /// where an operand is `NaN` nowhere.
  public static Variable clamp(Variable x, Variable least, Variable most) {
    try {
      Variable inside = logicalAnd(ge(x, least), le(x, most));
      Variable over = logicalOr(lt(most, least), gt(x, most));
      Variable under = where(lt(x, least), least, numberLike(least, Double.NaN));
      return where(inside, x, where(over, most, under));
    } catch (WengertException e) {
      throw refused(e, "clamp", x, least, most);
    }
  }

  /// `max(x, least)`; the derivative at the bound is 1.
  public static Variable clampMin(Variable x, double least) {
    return attempt("clampMin", () -> clamp(x, least, Double.POSITIVE_INFINITY), x);
  }

  /// `max(x, least)`; integers stay integers.
  public static Variable clampMin(Variable x, long least) {
    return x.dtype().isFloating() ? clampMin(x, (double) least) : clamp(x, least, Long.MAX_VALUE);
  }

  /// `max(x, least)`; at a tie the gradient goes to `x`.
  public static Variable clampMin(Variable x, Variable least) {
    return attempt(
        "clampMin", () -> clamp(x, least, numberLike(least, Double.POSITIVE_INFINITY)), x, least);
  }

  /// `min(x, most)`; the derivative at the bound is 1.
  public static Variable clampMax(Variable x, double most) {
    return attempt("clampMax", () -> clamp(x, Double.NEGATIVE_INFINITY, most), x);
  }

  /// `min(x, most)`; integers stay integers.
  public static Variable clampMax(Variable x, long most) {
    return x.dtype().isFloating() ? clampMax(x, (double) most) : clamp(x, Long.MIN_VALUE, most);
  }

  /// `min(x, most)`; at a tie the gradient goes to `x`.
  public static Variable clampMax(Variable x, Variable most) {
    return attempt(
        "clampMax", () -> clamp(x, numberLike(most, Double.NEGATIVE_INFINITY), most), x, most);
  }

  /// `a + weight (b - a)`.
  public static Variable lerp(Variable a, Variable b, double weight) {
    try {
      Variable way = b.sub(a);
      return weight < 0.5 ? a.add(way.mul(weight)) : b.sub(way.mul(1 - weight));
    } catch (WengertException e) {
      throw refused(e, "lerp", a, b);
    }
  }

  /// `a + weight (b - a)`.
  public static Variable lerp(Variable a, Variable b, Variable weight) {
    try {
      Variable way = b.sub(a);
      Variable fromB = b.sub(way.mul(weight.rsub(1)));
      return where(weight.lt(0.5), a.add(way.mul(weight)), fromB);
    } catch (WengertException e) {
      throw refused(e, "lerp", a, b, weight);
    }
  }

  /// `x + a b`.
  public static Variable addcmul(Variable x, Variable a, Variable b) {
    return addcmul(x, a, b, 1);
  }

  /// `x + value a b`.
  public static Variable addcmul(Variable x, Variable a, Variable b, double value) {
    return attempt("addcmul", () -> x.add(scaled(a.mul(b), value)), x, a, b);
  }

  /// `x + a/b`.
  public static Variable addcdiv(Variable x, Variable a, Variable b) {
    return addcdiv(x, a, b, 1);
  }

  /// `x + value a/b`.
  public static Variable addcdiv(Variable x, Variable a, Variable b, double value) {
    return attempt("addcdiv", () -> x.add(scaled(a.div(b), value)), x, a, b);
  }

  /// The step from 0 to 1 at 0, where it is `atZero`; 0 for `NaN`. No gradient for `x`.
  public static Variable heaviside(Variable x, Variable atZero) {
    return attempt("heaviside", () -> where(x.eq(0), atZero, x.gt(0).to(x.dtype())), x, atZero);
  }

  /// The hard limit of a perceptron: 1 from 0 on, else 0; derivative 0 (McCulloch and Pitts, 1943).
  public static Variable hardLimit(Variable x) {
    return x.ge(0).to(x.dtype());
  }

  /// `factor · x` in the type of `x`, if the factor is whole or the type is floating.
  private static Variable scaled(Variable x, double factor) {
    if (factor == 1) {
      return x;
    }
    boolean whole = !x.dtype().isFloating() && factor == (long) factor;
    return whole ? x.mul((long) factor) : x.mul(factor);
  }
}
