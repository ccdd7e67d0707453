package org.wengert.backend;

import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.wengert.backend.special.Erf;
import org.wengert.backend.special.Gamma;
import org.wengert.backend.special.Special;

/// The functions of one number that expressions may name. Each is a polynomial, the same for plain
/// and vector loops, where there is one for the width; else it is called element by element, in
/// `double`.
public enum Fn {
  /// The inverse cosine.
  ACOS(StrictMath::acos, Arcs.FLOAT::acos, Arcs.DOUBLE::acos),
  /// The inverse of `cosh`.
  ACOSH(Special::acosh, Hyperbolics.FLOAT::acosh, Hyperbolics.DOUBLE::acosh),
  /// The inverse sine.
  ASIN(StrictMath::asin, Arcs.FLOAT::asin, Arcs.DOUBLE::asin),
  /// The inverse of `sinh`.
  ASINH(Special::asinh, Hyperbolics.FLOAT::asinh, Hyperbolics.DOUBLE::asinh),
  /// The inverse tangent.
  ATAN(StrictMath::atan, Arcs.FLOAT::atan, Arcs.DOUBLE::atan),
  /// The inverse of `tanh`.
  ATANH(Special::atanh, Hyperbolics.FLOAT::atanh, Hyperbolics.DOUBLE::atanh),
  /// The cosine.
  COS(StrictMath::cos, Angles.FLOAT::cos, Angles.DOUBLE::cos),
  /// The hyperbolic cosine.
  COSH(StrictMath::cosh, Hyperbolics.FLOAT::cosh, Hyperbolics.DOUBLE::cosh),
  /// The sine.
  SIN(StrictMath::sin, Angles.FLOAT::sin, Angles.DOUBLE::sin),
  /// The hyperbolic sine.
  SINH(StrictMath::sinh, Hyperbolics.FLOAT::sinh, Hyperbolics.DOUBLE::sinh),
  /// The tangent.
  TAN(StrictMath::tan, Angles.FLOAT::tan, Angles.DOUBLE::tan),
  /// `sin(πx)/(πx)`.
  SINC(Special::sinc, Angles.FLOAT::sinc, Angles.DOUBLE::sinc),
  /// The inverse of the error function.
  ERFINV(Erf::inverse),
  /// `log |Γ(x)|`.
  LGAMMA(Gamma::logGamma),
  /// The derivative of `LGAMMA`.
  DIGAMMA(Gamma::digamma),
  /// The whole number above.
  CEIL(Math::ceil, x -> Whole.ceil(Element.FLOAT, x), x -> Whole.ceil(Element.DOUBLE, x)),
  /// The whole number below.
  FLOOR(Math::floor, x -> Whole.floor(Element.FLOAT, x), x -> Whole.floor(Element.DOUBLE, x)),
  /// The nearest whole number, the even one of two.
  ROUND(Math::rint, x -> Whole.round(Element.FLOAT, x), x -> Whole.round(Element.DOUBLE, x)),
  /// The whole number next to it on the side of 0.
  TRUNC(
      Special::truncate,
      x -> Whole.truncate(Element.FLOAT, x),
      x -> Whole.truncate(Element.DOUBLE, x)),
  /// `eˣ`.
  EXP(StrictMath::exp, Elementaries.FLOAT::exp, Elementaries.DOUBLE::exp),
  /// `eˣ` of a number that is not positive, as behind a shift by the largest.
  EXP_OF_NEGATIVE(
      StrictMath::exp, Elementaries.FLOAT::expOfNegative, Elementaries.DOUBLE::expOfNegative),
  /// `eˣ - 1`, exact near 0.
  EXPM1(StrictMath::expm1, Elementaries.FLOAT::expm1, Elementaries.DOUBLE::expm1),
  /// `2ˣ`.
  EXP2(Special::exp2, Elementaries.FLOAT::exp2, Elementaries.DOUBLE::exp2),
  /// The natural logarithm.
  LOG(StrictMath::log, Elementaries.FLOAT::log, Elementaries.DOUBLE::log),
  /// `log(1 + x)`, exact near 0.
  LOG1P(StrictMath::log1p, Elementaries.FLOAT::log1p, Elementaries.DOUBLE::log1p),
  /// The logarithm to base 2.
  LOG2(Special::log2, Elementaries.FLOAT::log2, Elementaries.DOUBLE::log2),
  /// The logarithm to base 10.
  LOG10(StrictMath::log10, Elementaries.FLOAT::log10, Elementaries.DOUBLE::log10),
  /// The hyperbolic tangent.
  TANH(StrictMath::tanh, Elementaries.FLOAT::tanh, Elementaries.DOUBLE::tanh),
  /// `1/(1 + e⁻ˣ)`.
  SIGMOID(Special::sigmoid, Elementaries.FLOAT::sigmoid, Elementaries.DOUBLE::sigmoid),
  /// `log(1 + eˣ)`.
  SOFTPLUS(Special::softplus, Elementaries.FLOAT::softplus, Elementaries.DOUBLE::softplus),
  /// `log(1/(1 + e⁻ˣ))`.
  LOG_SIGMOID(
      x -> -Special.softplus(-x), Elementaries.FLOAT::logSigmoid, Elementaries.DOUBLE::logSigmoid),
  /// `x/(1 + e⁻ˣ)`.
  SILU(x -> x * Special.sigmoid(x), Elementaries.FLOAT::silu, Elementaries.DOUBLE::silu),
  /// `x tanh(log(1 + eˣ))`.
  MISH(
      x -> x * StrictMath.tanh(Special.softplus(x)),
      Elementaries.FLOAT::mish,
      Elementaries.DOUBLE::mish),
  /// `x Φ(x)`, with Φ approximated by `tanh`.
  GELU_TANH(Special::geluTanh, Elementaries.FLOAT::geluTanh, Elementaries.DOUBLE::geluTanh),
  /// The error function.
  ERF(Erf::erf, ErrorFunctions.FLOAT::erf, ErrorFunctions.DOUBLE::erf),
  /// `1 - erf(x)`.
  ERFC(Erf::erfc, ErrorFunctions.FLOAT::erfc, ErrorFunctions.DOUBLE::erfc),
  /// `x Φ(x)`.
  GELU(Erf::gelu, ErrorFunctions.FLOAT::gelu, ErrorFunctions.DOUBLE::gelu);

  private static final Fn[] ALL = values();

  private final ScalarFunction exact;
  private final @Nullable UnaryOperator<Expr> single;
  private final @Nullable UnaryOperator<Expr> wide;

  Fn(ScalarFunction exact) {
    this(exact, null, null);
  }

  Fn(
      ScalarFunction exact,
      @Nullable UnaryOperator<Expr> single,
      @Nullable UnaryOperator<Expr> wide) {
    this.exact = exact;
    this.single = single;
    this.wide = wide;
  }

  /// The function of an expression.
  public Expr of(Expr x) {
    return Expr.call(this, x);
  }

  /// What computes it in a width, or null if nothing but the call does.
  @Nullable Expr expand(Element element, Expr x) {
    UnaryOperator<Expr> expansion = element == Element.FLOAT ? single : wide;
    return expansion == null ? null : expansion.apply(x);
  }

  /// The value at `x` of the function with this place in the list, for loops without a polynomial.
  public static double call(int place, double x) {
    return ALL[place].exact.value(x);
  }

  /// `y` with the function's values where `where` holds, for vector loops.
  public static float[] callWhere(int place, boolean[] where, float[] x, float[] y) {
    for (int i = 0; i < y.length; i++) {
      y[i] = where[i] ? (float) call(place, x[i]) : y[i];
    }
    return y;
  }

  /// `y` with the function's values where `where` holds, for vector loops.
  public static double[] callWhere(int place, boolean[] where, double[] x, double[] y) {
    for (int i = 0; i < y.length; i++) {
      y[i] = where[i] ? call(place, x[i]) : y[i];
    }
    return y;
  }

  /// The value at `x`, in `double`.
  public double value(double x) {
    return exact.value(x);
  }
}
