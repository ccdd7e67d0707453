package org.wengert;

import org.wengert.tensor.DType;
import org.wengert.tensor.Shape;
import org.wengert.tensor.Tensor;

/// The functions of [F] that work element by element.
abstract class PointwiseFunctions {
  PointwiseFunctions() {}

  /// `|x|`, with derivative 0 at 0.
  public static Variable abs(Variable x) {
    return Elementary.ABS.apply(x);
  }

  /// `arccos x`.
  public static Variable acos(Variable x) {
    return Elementary.ACOS.apply(x);
  }

  /// `arcsin x`.
  public static Variable asin(Variable x) {
    return Elementary.ASIN.apply(x);
  }

  /// `arctan x`.
  public static Variable atan(Variable x) {
    return Elementary.ATAN.apply(x);
  }

  /// The angle of the point `(x, y)`; the derivative at the origin is 0.
  public static Variable atan2(Variable y, Variable x) {
    return Arithmetic.ATAN2.apply(y, x);
  }

  /// The least whole number not below `x`; derivative 0.
  public static Variable ceil(Variable x) {
    return Elementary.CEIL.apply(x);
  }

  /// `min(max(x, least), most)`; the derivative at a bound is 1.
  public static Variable clamp(Variable x, double least, double most) {
    return new Clamp(least, most).apply(x);
  }

  /// `cos x`.
  public static Variable cos(Variable x) {
    return Elementary.COS.apply(x);
  }

  /// `cosh x`.
  public static Variable cosh(Variable x) {
    return Elementary.COSH.apply(x);
  }

  /// `x` if positive, else `alpha (exp x - 1)`.
  public static Variable elu(Variable x, double alpha) {
    return new Elu(alpha).apply(x);
  }

  /// The error function `2/√π ∫₀ˣ exp(-t²) dt`.
  public static Variable erf(Variable x) {
    return Elementary.ERF.apply(x);
  }

  /// `exp x`.
  public static Variable exp(Variable x) {
    return x.exp();
  }

  /// `exp x - 1`, exact for small `x`.
  public static Variable expm1(Variable x) {
    return Elementary.EXPM1.apply(x);
  }

  /// The largest whole number not above `x`; derivative 0.
  public static Variable floor(Variable x) {
    return Elementary.FLOOR.apply(x);
  }

  /// `x Φ(x)`, with `Φ` the normal distribution function.
  public static Variable gelu(Variable x) {
    return Elementary.GELU.apply(x);
  }

  /// `x` if positive, else `slope · x`; the derivative at 0 is the slope.
  public static Variable leakyRelu(Variable x, double slope) {
    return new LeakyRelu(slope).apply(x);
  }

  /// `log x`, natural.
  public static Variable log(Variable x) {
    return x.log();
  }

  /// `log(1 + x)`, exact for small `x`.
  public static Variable log1p(Variable x) {
    return Elementary.LOG1P.apply(x);
  }

  /// `log σ(x)`, without overflow.
  public static Variable logSigmoid(Variable x) {
    return Elementary.LOG_SIGMOID.apply(x);
  }

  /// The larger of each pair; a tie halves the gradient.
  public static Variable maximum(Variable a, Variable b) {
    return Arithmetic.MAXIMUM.apply(a, b);
  }

  /// The smaller of each pair; a tie halves the gradient.
  public static Variable minimum(Variable a, Variable b) {
    return Arithmetic.MINIMUM.apply(a, b);
  }

  /// `1/x`.
  public static Variable reciprocal(Variable x) {
    return Elementary.RECIPROCAL.apply(x);
  }

  /// `max(x, 0)`, with derivative 0 at 0.
  public static Variable relu(Variable x) {
    return x.relu();
  }

  /// The nearest whole number, halves to even; derivative 0.
  public static Variable round(Variable x) {
    return Elementary.ROUND.apply(x);
  }

  /// `1/√x`.
  public static Variable rsqrt(Variable x) {
    return Elementary.RSQRT.apply(x);
  }

  /// `σ(x) = 1/(1 + exp(-x))`.
  public static Variable sigmoid(Variable x) {
    return x.sigmoid();
  }

  /// -1, 0 or 1; derivative 0.
  public static Variable sign(Variable x) {
    return Elementary.SIGN.apply(x);
  }

  /// `x σ(x)`, also called swish.
  public static Variable silu(Variable x) {
    return Elementary.SILU.apply(x);
  }

  /// `sin x`.
  public static Variable sin(Variable x) {
    return Elementary.SIN.apply(x);
  }

  /// `sinh x`.
  public static Variable sinh(Variable x) {
    return Elementary.SINH.apply(x);
  }

  /// `log(1 + exp x)`, without overflow.
  public static Variable softplus(Variable x) {
    return Elementary.SOFTPLUS.apply(x);
  }

  /// `tan x`.
  public static Variable tan(Variable x) {
    return Elementary.TAN.apply(x);
  }

  /// `tanh x`.
  public static Variable tanh(Variable x) {
    return x.tanh();
  }

  /// `a == b`, as `BOOL`.
  public static Variable eq(Variable a, Variable b) {
    return Compare.EQ.apply(a, b);
  }

  /// `a != b`, as `BOOL`; on booleans the exclusive or.
  public static Variable ne(Variable a, Variable b) {
    return Compare.NE.apply(a, b);
  }

  /// `a < b`, as `BOOL`.
  public static Variable lt(Variable a, Variable b) {
    return Compare.LT.apply(a, b);
  }

  /// `a <= b`, as `BOOL`.
  public static Variable le(Variable a, Variable b) {
    return Compare.LE.apply(a, b);
  }

  /// `a > b`, as `BOOL`.
  public static Variable gt(Variable a, Variable b) {
    return Compare.GT.apply(a, b);
  }

  /// `a >= b`, as `BOOL`.
  public static Variable ge(Variable a, Variable b) {
    return Compare.GE.apply(a, b);
  }

  /// Whether both are true (not 0), as `BOOL`.
  public static Variable logicalAnd(Variable a, Variable b) {
    return a.to(DType.BOOL).mul(b.to(DType.BOOL));
  }

  /// `condition ? a : b`, element by element; the branch not taken gets a gradient of exactly 0.
  public static Variable where(Variable condition, Variable a, Variable b) {
    return new Where(condition.value()).apply(a, b);
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
}
