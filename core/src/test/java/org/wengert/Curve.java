package org.wengert;

import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;
import java.util.function.UnaryOperator;

/// The functions of one number in random programs: the library's, and beside it the same function
/// and its derivative from the textbook, on plain doubles.
enum Curve {
  ABS(F::abs, Domain.OFF_ZERO, Math::abs, (x, y) -> Math.signum(x)),
  ACOS(F::acos, Domain.INSIDE, Math::acos, (x, y) -> -1 / Math.sqrt((1 - x) * (1 + x))),
  ASIN(F::asin, Domain.INSIDE, Math::asin, (x, y) -> 1 / Math.sqrt((1 - x) * (1 + x))),
  ATAN(F::atan, Domain.ANY, Math::atan, (x, y) -> 1 / (1 + x * x)),
  CLAMP(
      x -> F.clamp(x, -7, 0),
      Domain.OFF_ZERO,
      x -> Math.min(Math.max(x, -7), 0),
      (x, y) -> x < 0 ? 1 : 0),
  COS(F::cos, Domain.ANY, Math::cos, (x, y) -> -Math.sin(x)),
  COSH(F::cosh, Domain.INSIDE, Math::cosh, (x, y) -> Math.sinh(x)),
  ELU(
      x -> F.elu(x, 0.7),
      Domain.OFF_ZERO,
      x -> x > 0 ? x : 0.7 * Math.expm1(x),
      (x, y) -> x > 0 ? 1 : 0.7 * Math.exp(x)),
  ERF(F::erf, Domain.ANY, Curve::erf, (x, y) -> 2 / Math.sqrt(Math.PI) * Math.exp(-x * x)),
  EXP(F::exp, Domain.INSIDE, Math::exp, (x, y) -> y),
  EXPM1(F::expm1, Domain.INSIDE, Math::expm1, (x, y) -> Math.exp(x)),
  GELU(F::gelu, Domain.ANY, x -> x * normal(x), (x, y) -> normal(x) + x * density(x)),
  LEAKY_RELU(
      x -> F.leakyRelu(x, 0.1),
      Domain.OFF_ZERO,
      x -> x > 0 ? x : 0.1 * x,
      (x, y) -> x > 0 ? 1 : 0.1),
  LOG(F::log, Domain.POSITIVE, Math::log, (x, y) -> 1 / x),
  LOG1P(F::log1p, Domain.INSIDE, Math::log1p, (x, y) -> 1 / (1 + x)),
  LOG_SIGMOID(F::logSigmoid, Domain.ANY, x -> Math.log(logistic(x)), (x, y) -> logistic(-x)),
  NEG(Variable::neg, Domain.ANY, x -> -x, (x, y) -> -1),
  RECIPROCAL(F::reciprocal, Domain.POSITIVE, x -> 1 / x, (x, y) -> -1 / (x * x)),
  RELU(F::relu, Domain.OFF_ZERO, x -> x > 0 ? x : 0, (x, y) -> x > 0 ? 1 : 0),
  RSQRT(F::rsqrt, Domain.POSITIVE, x -> 1 / Math.sqrt(x), (x, y) -> -0.5 * y / x),
  SIGMOID(F::sigmoid, Domain.ANY, Curve::logistic, (x, y) -> logistic(x) * logistic(-x)),
  SIGN(F::sign, Domain.OFF_ZERO, Math::signum, (x, y) -> 0),
  SILU(F::silu, Domain.ANY, x -> x * logistic(x), (x, y) -> logistic(x) * (1 + x * logistic(-x))),
  SIN(F::sin, Domain.ANY, Math::sin, (x, y) -> Math.cos(x)),
  SINH(F::sinh, Domain.INSIDE, Math::sinh, (x, y) -> Math.cosh(x)),
  SOFTPLUS(F::softplus, Domain.ANY, x -> Math.log1p(Math.exp(x)), (x, y) -> logistic(x)),
  SQRT(Variable::sqrt, Domain.POSITIVE, Math::sqrt, (x, y) -> 0.5 / y),
  SQUARE(Variable::square, Domain.ANY, x -> x * x, (x, y) -> 2 * x),
  TAN(F::tan, Domain.INSIDE, Math::tan, (x, y) -> 1 / (Math.cos(x) * Math.cos(x))),
  TANH(F::tanh, Domain.ANY, Math::tanh, (x, y) -> 1 / (Math.cosh(x) * Math.cosh(x)));

  /// Where an operand may lie, so that neither a pole nor a kink is near.
  enum Domain {
    ANY,
    INSIDE,
    POSITIVE,
    OFF_ZERO
  }

  final UnaryOperator<Variable> function;
  final Domain domain;
  final DoubleUnaryOperator value;
  final DoubleBinaryOperator derivative;

  Curve(
      UnaryOperator<Variable> function,
      Domain domain,
      DoubleUnaryOperator value,
      DoubleBinaryOperator derivative) {
    this.function = function;
    this.domain = domain;
    this.value = value;
    this.derivative = derivative;
  }

  private static double logistic(double x) {
    return x < 0 ? Math.exp(x) / (1 + Math.exp(x)) : 1 / (1 + Math.exp(-x));
  }

  private static double normal(double x) {
    return 0.5 * (1 + erf(x / Math.sqrt(2)));
  }

  private static double density(double x) {
    return Math.exp(-0.5 * x * x) / Math.sqrt(2 * Math.PI);
  }

  /// `2/√π exp(-x²) Σ 2ⁿ x²ⁿ⁺¹ / (1 · 3 ⋯ (2n + 1))`: all terms of one sign, so nothing cancels.
  private static double erf(double x) {
    double sum = 0;
    double term = x;
    for (int n = 0; n < 200 && term != 0; n++) {
      sum += term;
      term *= 2 * x * x / (2 * n + 3);
    }
    return 2 / Math.sqrt(Math.PI) * Math.exp(-x * x) * sum;
  }
}
