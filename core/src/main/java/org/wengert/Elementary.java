package org.wengert;

import org.jspecify.annotations.Nullable;
import org.wengert.backend.Backend;
import org.wengert.backend.LongFunction;
import org.wengert.backend.ScalarFunction;
import org.wengert.backend.Special;
import org.wengert.tensor.Shape;
import org.wengert.tensor.Tensor;

/// The derivative table: functions of one number. A row is the derivative as a student writes it,
/// the function, and the rule, with `gy` the gradient arriving at `y = f(x)`.
///
/// Transcendental functions are `StrictMath`'s: the same bits on every platform.
enum Elementary implements Op.Pointwise {
  ABS("sign(x)", Math::abs, Math::abs, (gy, x, y) -> gy.mul(F.sign(x))),
  ACOS("-1/√(1 - x²)", StrictMath::acos, (gy, x, y) -> gy.mul(cathetus(x).neg())),
  ASIN("1/√(1 - x²)", StrictMath::asin, (gy, x, y) -> gy.mul(cathetus(x))),
  ATAN("1/(1 + x²)", StrictMath::atan, (gy, x, y) -> gy.div(x.square().add(1))),
  CEIL("0", Math::ceil, v -> v, (gy, x, y) -> F.zerosLike(x)),
  COS("-sin(x)", StrictMath::cos, (gy, x, y) -> gy.mul(F.sin(x).neg())),
  COSH("sinh(x)", StrictMath::cosh, (gy, x, y) -> gy.mul(F.sinh(x))),
  ERF("2/√π · exp(-x²)", Special::erf, (gy, x, y) -> gy.mul(gauss(x))),
  EXP("y", StrictMath::exp, (gy, x, y) -> gy.mul(y)),
  EXPM1("y + 1", StrictMath::expm1, (gy, x, y) -> gy.mul(y.add(1))),
  FLOOR("0", Math::floor, v -> v, (gy, x, y) -> F.zerosLike(x)),
  GELU("Φ(x) + x φ(x)", Special::gelu, (gy, x, y) -> gy.mul(normal(x).add(x.mul(density(x))))),
  LOG("1/x", StrictMath::log, (gy, x, y) -> gy.div(x)),
  LOG1P("1/(1 + x)", StrictMath::log1p, (gy, x, y) -> gy.div(x.add(1))),
  LOG_SIGMOID("σ(-x)", v -> -softplus(-v), (gy, x, y) -> gy.mul(x.neg().sigmoid())),
  NEG("-1", v -> -v, v -> -v, (gy, x, y) -> gy.neg()),
  RECIPROCAL("-y²", v -> 1 / v, (gy, x, y) -> gy.mul(y.square().neg())),
  RELU(
      "1 if x > 0, else 0",
      v -> Math.max(v, 0),
      v -> Math.max(v, 0),
      (gy, x, y) -> rectified(gy, x)),
  ROUND("0", Math::rint, v -> v, (gy, x, y) -> F.zerosLike(x)),
  RSQRT("-y³/2", v -> 1 / Math.sqrt(v), (gy, x, y) -> gy.mul(y.square().mul(y).mul(-0.5))),
  SIGMOID("y (1 - y)", Elementary::sigmoid, (gy, x, y) -> gy.mul(y.mul(y.rsub(1)))),
  SIGN("0", Math::signum, v -> Long.signum(v), (gy, x, y) -> F.zerosLike(x)),
  SILU("σ(x) + y (1 - σ(x))", v -> v * sigmoid(v), Elementary::siluRule),
  SIN("cos(x)", StrictMath::sin, (gy, x, y) -> gy.mul(F.cos(x))),
  SINH("cosh(x)", StrictMath::sinh, (gy, x, y) -> gy.mul(F.cosh(x))),
  SOFTPLUS("σ(x)", Elementary::softplus, (gy, x, y) -> gy.mul(x.sigmoid())),
  SQRT("1/(2 y)", Math::sqrt, (gy, x, y) -> gy.div(y.mul(2))),
  SQUARE("2 x", v -> v * v, v -> v * v, (gy, x, y) -> gy.mul(x.mul(2))),
  TAN("1 + y²", StrictMath::tan, (gy, x, y) -> gy.mul(y.square().add(1))),
  TANH("1 - y²", StrictMath::tanh, (gy, x, y) -> gy.mul(y.square().rsub(1)));

  /// The derivative's way into a row.
  @FunctionalInterface
  private interface Rule {
    Variable backward(Variable gy, Variable x, Variable y);
  }

  private final String derivative;
  private final ScalarFunction function;
  private final @Nullable LongFunction integral;
  private final Rule rule;

  Elementary(String derivative, ScalarFunction function, Rule rule) {
    this(derivative, function, null, rule);
  }

  Elementary(
      String derivative, ScalarFunction function, @Nullable LongFunction integral, Rule rule) {
    this.derivative = derivative;
    this.function = function;
    this.integral = integral;
    this.rule = rule;
  }

  @Override
  public String derivative() {
    return derivative;
  }

  @Override
  public @Nullable LongFunction integral() {
    return integral;
  }

  @Override
  public double value(double x) {
    return function.value(x);
  }

  /// Hands the row's own function to the kernel, so that each row gets its own loop.
  @Override
  public Tensor forward(Backend kernels, Tensor x, Shape y) {
    LongFunction exact = x.dtype().isFloating() ? null : integral;
    return exact == null ? kernels.map(function, x) : kernels.mapLongs(exact, x);
  }

  @Override
  public Variable backward(Variable gy, Variable x, Variable y) {
    return rule.backward(gy, x, y);
  }

  private static double sigmoid(double x) {
    return 1 / (1 + StrictMath.exp(-x));
  }

  private static double softplus(double x) {
    return Math.max(x, 0) + StrictMath.log1p(StrictMath.exp(-Math.abs(x)));
  }

  private static Variable rectified(Variable gy, Variable x) {
    return F.where(x.le(0), F.zerosLike(gy), gy);
  }

  private static Variable siluRule(Variable gy, Variable x, Variable y) {
    Variable s = x.sigmoid();
    return gy.mul(s.add(y.mul(s.rsub(1))));
  }

  /// `1/√(1 - x²)`.
  private static Variable cathetus(Variable x) {
    return RSQRT.apply(x.square().rsub(1));
  }

  /// `2/√π · exp(-x²)`, the derivative of `erf`.
  private static Variable gauss(Variable x) {
    return x.square().neg().exp().mul(2 / Math.sqrt(Math.PI));
  }

  /// `Φ(x)`, the normal distribution function.
  private static Variable normal(Variable x) {
    return ERF.apply(x.mul(Math.sqrt(0.5))).add(1).mul(0.5);
  }

  /// `φ(x)`, the normal density.
  private static Variable density(Variable x) {
    return x.square().mul(-0.5).exp().mul(1 / Math.sqrt(2 * Math.PI));
  }
}
