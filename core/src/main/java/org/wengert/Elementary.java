package org.wengert;

import org.jspecify.annotations.Nullable;
import org.wengert.backend.Backend;
import org.wengert.backend.Erf;
import org.wengert.backend.Gamma;
import org.wengert.backend.LongFunction;
import org.wengert.backend.ScalarFunction;
import org.wengert.backend.Special;
import org.wengert.tensor.DType;
import org.wengert.tensor.DTypeException;
import org.wengert.tensor.Shape;
import org.wengert.tensor.Tensor;

/// The derivative table: functions of one number. A row is the derivative as a student writes it,
/// the function, and the rule, with `gy` the gradient arriving at `y = f(x)`.
///
/// Transcendental functions are `StrictMath`'s: the same bits on every platform.
enum Elementary implements Op.Pointwise {
  ABS("sign(x)", Math::abs, Math::abs, (gy, x, y) -> gy.mul(F.sign(x))),
  ACOS("-1/√(1 - x²)", StrictMath::acos, (gy, x, y) -> gy.mul(cathetus(x).neg())),
  ACOSH("1/√(x² - 1)", Special::acosh, (gy, x, y) -> gy.mul(F.rsqrt(x.square().sub(1)))),
  ASIN("1/√(1 - x²)", StrictMath::asin, (gy, x, y) -> gy.mul(cathetus(x))),
  ASINH("1/√(x² + 1)", Special::asinh, (gy, x, y) -> gy.mul(F.rsqrt(x.square().add(1)))),
  ATAN("1/(1 + x²)", StrictMath::atan, (gy, x, y) -> gy.div(x.square().add(1))),
  ATANH("1/(1 - x²)", Special::atanh, (gy, x, y) -> gy.div(x.square().rsub(1))),
  CEIL("0", Math::ceil, v -> v, (gy, x, y) -> F.zerosLike(x)),
  COS("-sin(x)", StrictMath::cos, (gy, x, y) -> gy.mul(F.sin(x).neg())),
  COSH("sinh(x)", StrictMath::cosh, (gy, x, y) -> gy.mul(F.sinh(x))),
  DIGAMMA("ψ'(x)", Gamma::digamma, (gy, x, y) -> gy.mul(F.polygamma(1, x))),
  ERF("2/√π · exp(-x²)", Erf::erf, (gy, x, y) -> gy.mul(gauss(x))),
  ERFC("-2/√π · exp(-x²)", Erf::erfc, (gy, x, y) -> gy.mul(gauss(x).neg())),
  ERFINV(
      "√π/2 · exp(y²)",
      Erf::inverse,
      (gy, x, y) -> gy.mul(y.square().exp().mul(Math.sqrt(Math.PI) / 2))),
  EXP("y", StrictMath::exp, (gy, x, y) -> gy.mul(y)),
  EXP2("y log 2", Special::exp2, (gy, x, y) -> gy.mul(y).mul(Special.LOG_2)),
  EXPM1("y + 1", StrictMath::expm1, (gy, x, y) -> gy.mul(y.add(1))),
  FLOOR("0", Math::floor, v -> v, (gy, x, y) -> F.zerosLike(x)),
  GELU("Φ(x) + x φ(x)", Erf::gelu, (gy, x, y) -> gy.mul(normal(x).add(x.mul(density(x))))),
  GELU_TANH(
      "(1 + t)/2 + x/2 (1 - t²) u', t = tanh u, u = √(2/π) (x + 0.044715 x³)",
      Elementary::geluTanh,
      Elementary::geluTanhRule),
  HARDSIGMOID(
      "1/6 between -3 and 3, else 0",
      v -> Math.min(Math.max(v + 3, 0), 6) / 6,
      (gy, x, y) -> F.where(F.abs(x).lt(3), gy.mul(1.0 / 6), F.zerosLike(gy))),
  HARDSWISH(
      "0 if x ≤ -3, x/3 + 1/2 up to 3, else 1",
      v -> v * Math.min(Math.max(v + 3, 0), 6) / 6,
      Elementary::hardswishRule),
  LGAMMA("ψ(x)", Gamma::logGamma, (gy, x, y) -> gy.mul(F.digamma(x))),
  LOG("1/x", StrictMath::log, (gy, x, y) -> gy.div(x)),
  LOG10("1/(x log 10)", StrictMath::log10, (gy, x, y) -> gy.div(x.mul(Special.LOG_10))),
  LOG1P("1/(1 + x)", StrictMath::log1p, (gy, x, y) -> gy.div(x.add(1))),
  LOG2("1/(x log 2)", Special::log2, (gy, x, y) -> gy.div(x.mul(Special.LOG_2))),
  LOG_SIGMOID("σ(-x)", v -> -Special.softplus(-v), (gy, x, y) -> gy.mul(x.neg().sigmoid())),
  LOGIT(
      "1/(x (1 - x)) = 2 + 2 cosh(y)",
      v -> StrictMath.log(v / (1 - v)),
      (gy, x, y) -> gy.mul(F.cosh(y).mul(2).add(2))),
  MISH(
      "t + x σ(x) (1 - t²), t = tanh(softplus(x))",
      v -> v * StrictMath.tanh(Special.softplus(v)),
      Elementary::mishRule),
  NEG("-1", v -> -v, v -> -v, (gy, x, y) -> gy.neg()),
  RECIPROCAL("-y²", v -> 1 / v, (gy, x, y) -> gy.mul(y.square().neg())),
  RELU(
      "1 if x > 0, else 0",
      v -> Math.max(v, 0),
      v -> Math.max(v, 0),
      (gy, x, y) -> F.where(x.le(0), F.zerosLike(gy), gy)),
  ROUND("0", Math::rint, v -> v, (gy, x, y) -> F.zerosLike(x)),
  RSQRT("-y³/2", v -> 1 / Math.sqrt(v), (gy, x, y) -> gy.mul(y.square().mul(y).mul(-0.5))),
  SIGMOID("y (1 - y)", Special::sigmoid, (gy, x, y) -> gy.mul(y.mul(y.rsub(1)))),
  SIGN("0", Special::sign, v -> Long.signum(v), (gy, x, y) -> F.zerosLike(x)),
  SILU("σ(x) + y (1 - σ(x))", v -> v * Special.sigmoid(v), Elementary::siluRule),
  SIN("cos(x)", StrictMath::sin, (gy, x, y) -> gy.mul(F.cos(x))),
  SINC(
      "(cos(πx) - y)/x, 0 at 0",
      Special::sinc,
      (gy, x, y) -> gy.mul(new SincDerivative(1).apply(x))),
  SINH("cosh(x)", StrictMath::sinh, (gy, x, y) -> gy.mul(F.cosh(x))),
  SQRT("1/(2 y)", Math::sqrt, (gy, x, y) -> gy.div(y.mul(2))),
  SQUARE("2 x", v -> v * v, v -> v * v, (gy, x, y) -> gy.mul(x.mul(2))),
  TAN("1 + y²", StrictMath::tan, (gy, x, y) -> gy.mul(y.square().add(1))),
  TANH("1 - y²", StrictMath::tanh, (gy, x, y) -> gy.mul(y.square().rsub(1))),
  TRUNC("0", Special::truncate, v -> v, (gy, x, y) -> F.zerosLike(x));

  private static final double GELU_SCALE = Math.sqrt(2 / Math.PI);
  private static final double GELU_CUBE = 0.044715;

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
  public double value(double x) {
    return function.value(x);
  }

  /// Hands the row's own function to the kernel, so that each row gets its own loop.
  @Override
  public Tensor forward(Backend kernels, Tensor x, Shape y) {
    if (this == NEG && x.dtype() == DType.BOOL) {
      throw new DTypeException("booleans have no negative")
          .hint("logicalNot(..) inverts them; or convert with to(INT64)");
    }
    LongFunction exact = x.dtype().isFloating() ? null : integral;
    return exact == null ? kernels.map(function, x) : kernels.mapLongs(exact, x);
  }

  @Override
  public Variable backward(Variable gy, Variable x, Variable y) {
    return rule.backward(gy, x, y);
  }

  private static Variable siluRule(Variable gy, Variable x, Variable y) {
    Variable s = x.sigmoid();
    return gy.mul(s.add(y.mul(s.rsub(1))));
  }

  private static Variable mishRule(Variable gy, Variable x, Variable y) {
    Variable t = F.softplus(x).tanh();
    return gy.mul(t.add(x.mul(x.sigmoid()).mul(t.square().rsub(1))));
  }

  private static double geluTanh(double x) {
    return 0.5 * x * (1 + StrictMath.tanh(GELU_SCALE * (x + GELU_CUBE * x * x * x)));
  }

  /// Beyond 9 the `tanh` is ±1 to the last bit. There `x²` is held, so that it does not overflow
  /// and give `0 · ∞`.
  private static Variable geluTanhRule(Variable gy, Variable x, Variable y) {
    Variable near = F.clamp(x, -9.0, 9.0);
    Variable t = near.add(near.square().mul(near).mul(GELU_CUBE)).mul(GELU_SCALE).tanh();
    Variable slope = near.square().mul(3 * GELU_CUBE).add(1).mul(GELU_SCALE);
    Variable bend = x.mul(t.square().rsub(1)).mul(slope);
    return gy.mul(t.add(1).add(bend).mul(0.5));
  }

  private static Variable hardswishRule(Variable gy, Variable x, Variable y) {
    Variable middle = F.where(x.lt(3), gy.mul(x.div(3).add(0.5)), gy);
    return F.where(x.le(-3), F.zerosLike(gy), middle);
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
