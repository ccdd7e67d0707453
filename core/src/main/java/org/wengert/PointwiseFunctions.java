package org.wengert;

import org.wengert.tensor.DType;
import org.wengert.tensor.DTypeException;
import org.wengert.tensor.OptionException;
import org.wengert.tensor.WengertException;

/// The functions of [F] of one number.
abstract class PointwiseFunctions extends ActivationFunctions {
  PointwiseFunctions() {}

  /// `|x|`, with derivative 0 at 0.
  public static Variable abs(Variable x) {
    return Elementary.ABS.apply(x);
  }

  /// `arccos x`.
  public static Variable acos(Variable x) {
    return Elementary.ACOS.apply(x);
  }

  /// The inverse of `cosh`, `NaN` below 1.
  public static Variable acosh(Variable x) {
    return Elementary.ACOSH.apply(x);
  }

  /// `arcsin x`.
  public static Variable asin(Variable x) {
    return Elementary.ASIN.apply(x);
  }

  /// The inverse of `sinh`.
  public static Variable asinh(Variable x) {
    return Elementary.ASINH.apply(x);
  }

  /// `arctan x`.
  public static Variable atan(Variable x) {
    return Elementary.ATAN.apply(x);
  }

  /// The inverse of `tanh`, infinite at ±1.
  public static Variable atanh(Variable x) {
    return Elementary.ATANH.apply(x);
  }

  /// The least whole number not below `x`; derivative 0.
  public static Variable ceil(Variable x) {
    return Elementary.CEIL.apply(x);
  }

  /// `cos x`.
  public static Variable cos(Variable x) {
    return Elementary.COS.apply(x);
  }

  /// `cosh x`.
  public static Variable cosh(Variable x) {
    return Elementary.COSH.apply(x);
  }

  /// `x π/180`: an angle in degrees, in radians.
  public static Variable deg2rad(Variable x) {
    return x.mul(Math.PI / 180);
  }

  /// `ψ(x)`, the derivative of `log Γ(x)`.
  public static Variable digamma(Variable x) {
    return Elementary.DIGAMMA.apply(x);
  }

  /// The error function `2/√π ∫₀ˣ exp(-t²) dt`.
  public static Variable erf(Variable x) {
    return Elementary.ERF.apply(x);
  }

  /// `1 - erf x`, exact for large `x`.
  public static Variable erfc(Variable x) {
    return Elementary.ERFC.apply(x);
  }

  /// The `y` with `erf(y) = x`, infinite at ±1.
  public static Variable erfinv(Variable x) {
    return Elementary.ERFINV.apply(x);
  }

  /// `exp x`.
  public static Variable exp(Variable x) {
    return x.exp();
  }

  /// `2ˣ`.
  public static Variable exp2(Variable x) {
    return Elementary.EXP2.apply(x);
  }

  /// `exp x - 1`, exact for small `x`.
  public static Variable expm1(Variable x) {
    return Elementary.EXPM1.apply(x);
  }

  /// The largest whole number not above `x`; derivative 0.
  public static Variable floor(Variable x) {
    return Elementary.FLOOR.apply(x);
  }

  /// What is behind the decimal point, `x - trunc x`; derivative 1.
  public static Variable frac(Variable x) {
    return attempt("frac", () -> x.sub(trunc(x)), x);
  }

  /// `log |Γ(x)|`, infinite at 0, -1, -2, ...
  public static Variable lgamma(Variable x) {
    return Elementary.LGAMMA.apply(x);
  }

  /// `log x`, natural.
  public static Variable log(Variable x) {
    return x.log();
  }

  /// `log x` to base 10.
  public static Variable log10(Variable x) {
    return Elementary.LOG10.apply(x);
  }

  /// `log(1 + x)`, exact for small `x`.
  public static Variable log1p(Variable x) {
    return Elementary.LOG1P.apply(x);
  }

  /// `log x` to base 2.
  public static Variable log2(Variable x) {
    return Elementary.LOG2.apply(x);
  }

  /// `log(x/(1 - x))`: the inverse of the sigmoid.
  public static Variable logit(Variable x) {
    return Elementary.LOGIT.apply(x);
  }

  /// [#logit(Variable)] of `x` held between `eps` and `1 - eps`; beyond these the derivative is 0.
  public static Variable logit(Variable x, double eps) {
    return logit(clamp(x, eps, 1 - eps));
  }

  /// `x` if finite, else the number that stands for `NaN`, `∞` or `-∞`, with derivative 0.
  public static Variable nanToNum(Variable x, double nan, double positive, double negative) {
    return x.dtype().isFloating() ? new NanToNum(nan, positive, negative).apply(x) : x;
  }

  /// `x` with 0 for `NaN`, and the largest and smallest finite number of its type for `∞` and `-∞`.
  public static Variable nanToNum(Variable x) {
    double most = x.dtype() == DType.FLOAT64 ? Double.MAX_VALUE : Float.MAX_VALUE;
    return nanToNum(x, 0, most, -most);
  }

  /// `-x`.
  ///
  /// @throws DTypeException if `x` is `BOOL`
  public static Variable neg(Variable x) {
    return x.neg();
  }

  /// The derivative of [#digamma] of order `n`.
  ///
  /// @throws OptionException if `n` is negative
  public static Variable polygamma(int n, Variable x) {
    try {
      if (n < 0) {
        throw new OptionException("a derivative of the negative order " + n)
            .hint("0 is digamma itself");
      }
      return n == 0 ? digamma(x) : new Polygamma(n).apply(x);
    } catch (WengertException e) {
      throw refused(e, "polygamma", x);
    }
  }

  /// `x 180/π`: an angle in radians, in degrees.
  public static Variable rad2deg(Variable x) {
    return x.mul(180 / Math.PI);
  }

  /// `1/x`.
  public static Variable reciprocal(Variable x) {
    return Elementary.RECIPROCAL.apply(x);
  }

  /// The nearest whole number, halves to even; derivative 0.
  public static Variable round(Variable x) {
    return Elementary.ROUND.apply(x);
  }

  /// The nearest multiple of 10 to the power `-decimals`, halves to even; derivative 0.
  public static Variable round(Variable x, int decimals) {
    double scale = StrictMath.pow(10, Math.abs(decimals));
    return decimals < 0 ? round(x.div(scale)).mul(scale) : round(x.mul(scale)).div(scale);
  }

  /// `1/√x`.
  public static Variable rsqrt(Variable x) {
    return Elementary.RSQRT.apply(x);
  }

  /// -1, 0 or 1, and 0 for `NaN`; derivative 0.
  public static Variable sign(Variable x) {
    return Elementary.SIGN.apply(x);
  }

  /// `sin x`.
  public static Variable sin(Variable x) {
    return Elementary.SIN.apply(x);
  }

  /// `sin(πx)/(πx)`, 1 at 0.
  public static Variable sinc(Variable x) {
    return Elementary.SINC.apply(x);
  }

  /// `sinh x`.
  public static Variable sinh(Variable x) {
    return Elementary.SINH.apply(x);
  }

  /// `√x`; the derivative at 0 is infinite.
  public static Variable sqrt(Variable x) {
    return x.sqrt();
  }

  /// `x²`.
  public static Variable square(Variable x) {
    return x.square();
  }

  /// `tan x`.
  public static Variable tan(Variable x) {
    return Elementary.TAN.apply(x);
  }

  /// The whole number next to `x` on the side of 0; derivative 0.
  public static Variable trunc(Variable x) {
    return Elementary.TRUNC.apply(x);
  }
}
