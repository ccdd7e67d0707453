package org.wengert;

import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.wengert.backend.Backend;
import org.wengert.backend.Expr;
import org.wengert.backend.Fn;
import org.wengert.backend.Kernel;
import org.wengert.backend.LongFunction;
import org.wengert.backend.special.Special;
import org.wengert.tensor.DType;
import org.wengert.tensor.DTypeException;
import org.wengert.tensor.Shape;
import org.wengert.tensor.Tensor;

/// The derivative table: functions of one number. A row is the derivative as a student writes it,
/// the function, and the rule, with `gy` the gradient arriving at `y = f(x)`.
///
/// Functions are expressions; the transcendental ones, [Fn], are polynomials with the same bits on
/// every platform.
enum Elementary implements Op.Expressed {
  ABS("sign(x)", Expr::abs, Math::abs, (gy, x, y) -> gy.mul(F.sign(x))),
  ACOS("-1/√(1 - x²)", Fn.ACOS::of, (gy, x, y) -> gy.mul(cathetus(x).neg())),
  ACOSH("1/√(x² - 1)", Fn.ACOSH::of, (gy, x, y) -> gy.mul(F.rsqrt(x.square().sub(1)))),
  ASIN("1/√(1 - x²)", Fn.ASIN::of, (gy, x, y) -> gy.mul(cathetus(x))),
  ASINH("1/√(x² + 1)", Fn.ASINH::of, (gy, x, y) -> gy.mul(F.rsqrt(x.square().add(1)))),
  ATAN("1/(1 + x²)", Fn.ATAN::of, (gy, x, y) -> gy.div(x.square().add(1))),
  ATANH("1/(1 - x²)", Fn.ATANH::of, (gy, x, y) -> gy.div(x.square().rsub(1))),
  CEIL("0", Fn.CEIL::of, v -> v, (gy, x, y) -> F.zerosLike(x)),
  COS("-sin(x)", Fn.COS::of, (gy, x, y) -> gy.mul(F.sin(x).neg())),
  COSH("sinh(x)", Fn.COSH::of, (gy, x, y) -> gy.mul(F.sinh(x))),
  DIGAMMA("ψ'(x)", Fn.DIGAMMA::of, (gy, x, y) -> gy.mul(F.polygamma(1, x))),
  ERF("2/√π · exp(-x²)", Fn.ERF::of, (gy, x, y) -> gy.mul(gauss(x))),
  ERFC("-2/√π · exp(-x²)", Fn.ERFC::of, (gy, x, y) -> gy.mul(gauss(x).neg())),
  ERFINV(
      "√π/2 · exp(y²)",
      Fn.ERFINV::of,
      (gy, x, y) -> gy.mul(y.square().exp().mul(Math.sqrt(Math.PI) / 2))),
  EXP("y", Fn.EXP::of, (gy, x, y) -> gy.mul(y)),
  EXP2("y log(2)", Fn.EXP2::of, (gy, x, y) -> gy.mul(y).mul(Special.LOG_2)),
  EXPM1("y + 1", Fn.EXPM1::of, (gy, x, y) -> gy.mul(y.add(1))),
  FLOOR("0", Fn.FLOOR::of, v -> v, (gy, x, y) -> F.zerosLike(x)),
  GELU("Φ(x) + x φ(x)", Fn.GELU::of, (gy, x, y) -> gy.mul(normal(x).add(x.mul(density(x))))),
  GELU_TANH(
      "(1 + t)/2 + x (1 - t²) s/2, t = tanh(√(2/π) (x + 0.044715 x³)),"
          + " s = √(2/π) (1 + 0.134145 x²)",
      Fn.GELU_TANH::of,
      Elementary::geluTanhRule),
  HARDSIGMOID(
      "1/6 if -3 < x < 3, else 0",
      x -> x.add(3).max(0).min(6).div(6),
      (gy, x, y) -> F.where(F.abs(x).lt(3), gy.mul(1.0 / 6), F.zerosLike(gy))),
  HARDSWISH(
      "0 if x ≤ -3, x/3 + 1/2 if x < 3, else 1",
      x -> x.mul(x.add(3).max(0).min(6)).div(6),
      Elementary::hardswishRule),
  LGAMMA("ψ(x)", Fn.LGAMMA::of, (gy, x, y) -> gy.mul(F.digamma(x))),
  LOG("1/x", Fn.LOG::of, (gy, x, y) -> gy.div(x)),
  LOG10("1/(x log(10))", Fn.LOG10::of, (gy, x, y) -> gy.div(x.mul(Special.LOG_10))),
  LOG1P("1/(1 + x)", Fn.LOG1P::of, (gy, x, y) -> gy.div(x.add(1))),
  LOG2("1/(x log(2))", Fn.LOG2::of, (gy, x, y) -> gy.div(x.mul(Special.LOG_2))),
  LOG_SIGMOID("σ(-x)", Fn.LOG_SIGMOID::of, (gy, x, y) -> gy.mul(x.neg().sigmoid())),
  LOGIT(
      "2 + 2 cosh(y)",
      x -> Fn.LOG.of(x.div(x.rsub(1))),
      (gy, x, y) -> gy.mul(F.cosh(y).mul(2).add(2))),
  MISH("t + x σ(x) (1 - t²), t = tanh(softplus(x))", Fn.MISH::of, Elementary::mishRule),
  NEG("-1", Expr::neg, v -> -v, (gy, x, y) -> gy.neg()),
  RECIPROCAL("-y²", x -> x.rdiv(1), (gy, x, y) -> gy.mul(y.square().neg())),
  RELU(
      "1 if x > 0, else 0",
      x -> x.max(0),
      v -> Math.max(v, 0),
      (gy, x, y) -> F.where(x.le(0), F.zerosLike(gy), gy)),
  ROUND("0", Fn.ROUND::of, v -> v, (gy, x, y) -> F.zerosLike(x)),
  RSQRT("-y³/2", x -> x.sqrt().rdiv(1), (gy, x, y) -> gy.mul(y.square().mul(y).mul(-0.5))),
  SIGMOID("y (1 - y)", Fn.SIGMOID::of, (gy, x, y) -> gy.mul(y.mul(y.rsub(1)))),
  SIGN("0", Elementary::sign, v -> Long.signum(v), (gy, x, y) -> F.zerosLike(x)),
  SILU("σ(x) + y (1 - σ(x))", Fn.SILU::of, Elementary::siluRule),
  SIN("cos(x)", Fn.SIN::of, (gy, x, y) -> gy.mul(F.cos(x))),
  SINC(
      "(cos(π x) - y)/x, 0 at 0",
      Fn.SINC::of,
      (gy, x, y) -> gy.mul(new SincDerivative(1).apply(x))),
  SINH("cosh(x)", Fn.SINH::of, (gy, x, y) -> gy.mul(F.cosh(x))),
  SQRT("1/(2 y)", Expr::sqrt, (gy, x, y) -> gy.div(y.mul(2))),
  SQUARE("2 x", Expr::square, v -> v * v, (gy, x, y) -> gy.mul(x.mul(2))),
  TAN("1 + y²", Fn.TAN::of, (gy, x, y) -> gy.mul(y.square().add(1))),
  TANH("1 - y²", Fn.TANH::of, (gy, x, y) -> gy.mul(y.square().rsub(1))),
  TRUNC("0", Fn.TRUNC::of, v -> v, (gy, x, y) -> F.zerosLike(x));

  private static final double GELU_SCALE = Math.sqrt(2 / Math.PI);
  private static final double GELU_CUBE = 0.044715;

  /// The derivative's way into a row.
  @FunctionalInterface
  private interface Rule {
    Variable backward(Variable gy, Variable x, Variable y);
  }

  private final String derivative;
  private final Kernel kernel;
  private final @Nullable LongFunction integral;
  private final Rule rule;

  Elementary(String derivative, UnaryOperator<Expr> function, Rule rule) {
    this(derivative, function, null, rule);
  }

  Elementary(
      String derivative, UnaryOperator<Expr> function, @Nullable LongFunction integral, Rule rule) {
    this.derivative = derivative;
    this.kernel = Kernel.of(function.apply(Expr.input(0)));
    this.integral = integral;
    this.rule = rule;
  }

  @Override
  public String formula() {
    return switch (this) {
      case ABS -> "|x|";
      case EXP2 -> "2^x";
      case EXPM1 -> "exp(x) - 1";
      case GELU -> "x Φ(x)";
      case GELU_TANH -> "x (1 + tanh(√(2/π) (x + 0.044715 x³)))/2";
      case HARDSIGMOID -> "min(max(x + 3, 0), 6)/6";
      case HARDSWISH -> "x min(max(x + 3, 0), 6)/6";
      case LOG1P -> "log(1 + x)";
      case LOG_SIGMOID -> "log(σ(x))";
      case LOGIT -> "log(x/(1 - x))";
      case MISH -> "x tanh(softplus(x))";
      case NEG -> "-x";
      case RECIPROCAL -> "1 / x";
      case RELU -> "max(x, 0)";
      case RSQRT -> "1 / √x";
      case SIGMOID -> "σ(x)";
      case SILU -> "x σ(x)";
      case SINC -> "sin(π x)/(π x)";
      case SQRT -> "√x";
      case SQUARE -> "x²";
      default -> Op.Expressed.super.formula();
    };
  }

  @Override
  public String derivative() {
    return derivative;
  }

  @Override
  public Kernel kernel() {
    return kernel;
  }

  @Override
  public @Nullable LongFunction integral() {
    return integral;
  }

  @Override
  public Tensor forward(Backend kernels, Tensor x, Shape y) {
    if (this == NEG && x.dtype() == DType.BOOL) {
      throw new DTypeException("booleans have no negative")
          .hint("logicalNot(..) inverts them; or convert with to(INT64)");
    }
    return Op.Expressed.super.forward(kernels, x, y);
  }

  @Override
  public Variable backward(Variable gy, Variable x, Variable y) {
    return rule.backward(gy, x, y);
  }

  /// -1, 0 or 1; 0 for `NaN`, as in PyTorch.
  private static Expr sign(Expr x) {
    return x.gt(0).select(1, x.lt(0).select(-1, 0));
  }

  private static Variable siluRule(Variable gy, Variable x, Variable y) {
    Variable s = x.sigmoid();
    return gy.mul(s.add(y.mul(s.rsub(1))));
  }

  private static Variable mishRule(Variable gy, Variable x, Variable y) {
    Variable t = F.softplus(x).tanh();
    return gy.mul(t.add(x.mul(x.sigmoid()).mul(t.square().rsub(1))));
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
