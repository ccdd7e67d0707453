package org.wengert;

import java.util.List;
import java.util.function.BinaryOperator;
import org.jspecify.annotations.Nullable;
import org.wengert.backend.Backend;
import org.wengert.backend.Expr;
import org.wengert.backend.Fn;
import org.wengert.backend.Kernel;
import org.wengert.backend.LongFunction2;
import org.wengert.backend.ScalarFunction2;
import org.wengert.backend.special.Special;
import org.wengert.tensor.DType;
import org.wengert.tensor.DTypeException;
import org.wengert.tensor.Shape;
import org.wengert.tensor.Tensor;

/// The derivative table: functions of two numbers. A row is both derivatives as a student writes
/// them, the function, and a rule for each operand, with `gy` the gradient arriving at
/// `y = f(a, b)`.
enum Arithmetic implements Op.Pointwise2 {
  ADD("1", "1", kernel((a, b) -> a.add(b)), Long::sum, (gy, a, b, y) -> gy, (gy, a, b, y) -> gy),
  ATAN2(
      "b/(a² + b²)",
      "-a/(a² + b²)",
      StrictMath::atan2,
      null,
      (gy, a, b, y) -> gy.mul(overSquares(b, a, b)),
      (gy, a, b, y) -> gy.mul(overSquares(a.neg(), a, b))),
  COPY_SIGN(
      "y/a, 0 at 0",
      "0",
      StrictMath::copySign,
      null,
      (gy, a, b, y) -> gy.mul(signRatio(a, y)),
      (gy, a, b, y) -> F.zerosLike(b)),
  DIV(
      "1/b",
      "-y/b",
      kernel((a, b) -> a.div(b)),
      null,
      (gy, a, b, y) -> gy.div(b),
      (gy, a, b, y) -> gy.mul(y.div(b).neg())),
  FLOOR_DIVIDE(
      "0",
      "0",
      Special::floorDivide,
      Arithmetic::floorDivide,
      (gy, a, b, y) -> F.zerosLike(a),
      (gy, a, b, y) -> F.zerosLike(b)),
  FMAX(
      "1 if a ≥ b or b is NaN, else 0",
      "0 if a ≥ b or b is NaN, else 1",
      kernel((a, b) -> a.isNaN().select(b, b.isNaN().select(a, a.max(b)))),
      Math::max,
      (gy, a, b, y) -> F.where(leads(a, b), gy, F.zerosLike(gy)),
      (gy, a, b, y) -> F.where(leads(a, b), F.zerosLike(gy), gy)),
  FMIN(
      "1 if a ≤ b or b is NaN, else 0",
      "0 if a ≤ b or b is NaN, else 1",
      kernel((a, b) -> a.isNaN().select(b, b.isNaN().select(a, a.min(b)))),
      Math::min,
      (gy, a, b, y) -> F.where(leads(a.neg(), b.neg()), gy, F.zerosLike(gy)),
      (gy, a, b, y) -> F.where(leads(a.neg(), b.neg()), F.zerosLike(gy), gy)),
  FMOD(
      "1",
      "-trunc(a/b)",
      (a, b) -> a % b,
      (a, b) -> a % divisor(b),
      (gy, a, b, y) -> gy,
      (gy, a, b, y) -> gy.mul(F.div(a, b, Rounding.TRUNC).neg())),
  HYPOT(
      "a/y",
      "b/y",
      StrictMath::hypot,
      null,
      (gy, a, b, y) -> gy.mul(a.div(y)),
      (gy, a, b, y) -> gy.mul(b.div(y))),
  LOG_ADD_EXP(
      "σ(a - b)",
      "σ(b - a)",
      kernel(Arithmetic::logAddExp),
      null,
      (gy, a, b, y) -> gy.mul(a.sub(b).sigmoid()),
      (gy, a, b, y) -> gy.mul(b.sub(a).sigmoid())),
  LOG_ADD_EXP2(
      "σ((a - b) log(2))",
      "σ((b - a) log(2))",
      kernel(Arithmetic::logAddExp2),
      null,
      (gy, a, b, y) -> gy.mul(a.sub(b).mul(Special.LOG_2).sigmoid()),
      (gy, a, b, y) -> gy.mul(b.sub(a).mul(Special.LOG_2).sigmoid())),
  MAXIMUM(
      "1 if a > b, ½ if a = b, else 0",
      "1 if b > a, ½ if a = b, else 0",
      kernel((a, b) -> a.max(b)),
      Math::max,
      (gy, a, b, y) -> gy.mul(share(a, b)),
      (gy, a, b, y) -> gy.mul(share(b, a))),
  MINIMUM(
      "1 if a < b, ½ if a = b, else 0",
      "1 if b < a, ½ if a = b, else 0",
      kernel((a, b) -> a.min(b)),
      Math::min,
      (gy, a, b, y) -> gy.mul(share(b, a)),
      (gy, a, b, y) -> gy.mul(share(a, b))),
  MUL(
      "b",
      "a",
      kernel((a, b) -> a.mul(b)),
      (a, b) -> a * b,
      (gy, a, b, y) -> gy.mul(b),
      (gy, a, b, y) -> gy.mul(a)),
  POW(
      "b a^(b - 1)",
      "y log(a)",
      Special::pow,
      Arithmetic::integerPower,
      (gy, a, b, y) -> gy.mul(powerByBase(a, b)),
      (gy, a, b, y) -> gy.mul(powerByExponent(a, b, y))),
  REMAINDER(
      "1",
      "-floor(a/b)",
      Special::remainder,
      (a, b) -> Math.floorMod(a, divisor(b)),
      (gy, a, b, y) -> gy,
      (gy, a, b, y) -> gy.mul(F.floorDivide(a, b).neg())),
  SUB(
      "1",
      "-1",
      kernel((a, b) -> a.sub(b)),
      (a, b) -> a - b,
      (gy, a, b, y) -> gy,
      (gy, a, b, y) -> gy.neg()),
  TRUNCATE_DIVIDE(
      "0",
      "0",
      kernel((a, b) -> Fn.TRUNC.of(a.div(b))),
      (a, b) -> a / divisor(b),
      (gy, a, b, y) -> F.zerosLike(a),
      (gy, a, b, y) -> F.zerosLike(b)),
  XLOGY(
      "0 if a = 0 and b ≤ 0, else log(b)",
      "a/b",
      kernel(Arithmetic::xlogy),
      null,
      (gy, a, b, y) -> F.where(F.logicalAnd(a.eq(0), b.le(0)), F.zerosLike(y), F.xlogy(gy, b)),
      (gy, a, b, y) -> gy.mul(a).div(b));

  /// A derivative's way into a row.
  @FunctionalInterface
  private interface Rule {
    Variable backward(Variable gy, Variable a, Variable b, Variable y);
  }

  private final List<String> derivatives;
  private final @Nullable Kernel kernel;
  private final ScalarFunction2 function;
  private final @Nullable LongFunction2 integral;
  private final Rule left;
  private final Rule right;

  Arithmetic(
      String byA,
      String byB,
      Kernel kernel,
      @Nullable LongFunction2 integral,
      Rule left,
      Rule right) {
    this.derivatives = List.of(byA, byB);
    this.kernel = kernel;
    this.function = (a, b) -> kernel.value(new double[] {a, b});
    this.integral = integral;
    this.left = left;
    this.right = right;
  }

  Arithmetic(
      String byA,
      String byB,
      ScalarFunction2 function,
      @Nullable LongFunction2 integral,
      Rule left,
      Rule right) {
    this.derivatives = List.of(byA, byB);
    this.kernel = null;
    this.function = function;
    this.integral = integral;
    this.left = left;
    this.right = right;
  }

  private static Kernel kernel(BinaryOperator<Expr> function) {
    return Kernel.of(function.apply(Expr.input(0), Expr.input(1)));
  }

  /// The function as an expression, if it is one.
  @Nullable Kernel kernel() {
    return kernel;
  }

  @Override
  public String formula() {
    return switch (this) {
      case ADD -> "a + b";
      case COPY_SIGN -> "|a| sign(b)";
      case DIV -> "a / b";
      case FLOOR_DIVIDE -> "floor(a/b)";
      case FMOD -> "a - b trunc(a/b)";
      case HYPOT -> "√(a² + b²)";
      case LOG_ADD_EXP -> "log(exp(a) + exp(b))";
      case LOG_ADD_EXP2 -> "log(2^a + 2^b)/log(2)";
      case MAXIMUM -> "max(a, b)";
      case MINIMUM -> "min(a, b)";
      case MUL -> "a · b";
      case POW -> "a^b";
      case REMAINDER -> "a - b floor(a/b)";
      case SUB -> "a - b";
      case TRUNCATE_DIVIDE -> "trunc(a/b)";
      case XLOGY -> "a log(b)";
      default -> Op.Pointwise2.super.formula();
    };
  }

  @Override
  public List<String> derivatives() {
    return derivatives;
  }

  @Override
  public double value(double a, double b) {
    return function.value(a, b);
  }

  /// Hands the row's own function to the kernel, so that each row gets its own loop.
  @Override
  public Tensor forward(Backend kernels, Tensor a, Tensor b, Shape y) {
    DType type = DType.promote(a, b);
    if (type == DType.BOOL && this == SUB) {
      throw new DTypeException("booleans cannot be subtracted")
          .hint("ne(..) is their exclusive or; or convert with to(INT64)");
    }
    if (integral != null && !type.isFloating()) {
      return kernels.zipLongs(integral, a, b, y, type);
    }
    return kernel == null
        ? kernels.zip(function, a, b, y, type.toFloating())
        : kernels.zip(kernel, Kernel.NO_SCALARS, a, b, y, type.toFloating());
  }

  @Override
  public Variable left(Variable gy, Variable a, Variable b, Variable y) {
    return left.backward(gy, a, b, y);
  }

  @Override
  public Variable right(Variable gy, Variable a, Variable b, Variable y) {
    return right.backward(gy, a, b, y);
  }

  /// `log(exp a + exp b)`, without overflow.
  private static Expr logAddExp(Expr a, Expr b) {
    Expr rest = Fn.LOG1P.of(Fn.EXP.of(a.sub(b).abs().neg()));
    return a.eq(b).select(a.add(Special.LOG_2), a.max(b).add(rest));
  }

  /// `log₂(2ᵃ + 2ᵇ)`, without overflow.
  private static Expr logAddExp2(Expr a, Expr b) {
    Expr rest = Fn.LOG1P.of(Fn.EXP2.of(a.sub(b).abs().neg()));
    return a.eq(b).select(a.add(1), a.max(b).add(rest.div(Special.LOG_2)));
  }

  /// `a log b`, and 0 where `a` is 0 unless `b` is `NaN`.
  private static Expr xlogy(Expr a, Expr b) {
    return a.eq(0).and(b.eq(b)).select(0, a.mul(Fn.LOG.of(b)));
  }

  private static long integerPower(long base, long exponent) {
    if (exponent < 0) {
      throw new DTypeException("an integer to the negative power " + exponent)
          .hint("convert the base with to(FLOAT32)");
    }
    long power = 1;
    long square = base;
    for (long bits = exponent; bits != 0; bits >>= 1) {
      power = (bits & 1) == 0 ? power : power * square;
      square *= square;
    }
    return power;
  }

  private static long floorDivide(long a, long b) {
    return Math.floorDiv(a, divisor(b));
  }

  private static long divisor(long b) {
    if (b == 0) {
      throw new DTypeException("an integer divided by 0")
          .hint("only floating numbers have an infinite quotient: convert with to(FLOAT32)");
    }
    return b;
  }

  /// What `a` gets of a maximum's gradient: 0 where `a < b`, ½ where they are equal, else 1, also
  /// beside `NaN`.
  private static Variable share(Variable a, Variable b) {
    Variable lost = Compare.LT.apply(a, b).to(a.dtype());
    Variable tie = Compare.EQ.apply(a, b).to(a.dtype());
    return lost.add(tie.mul(0.5)).rsub(1);
  }

  /// Whether `a ≥ b`, or `b` is `NaN`.
  private static Variable leads(Variable a, Variable b) {
    return F.logicalOr(F.ge(a, b), F.isNaN(b));
  }

  /// `y/a`, which is 1 or -1, and 0 where `a` is 0.
  private static Variable signRatio(Variable a, Variable y) {
    Variable zero = a.eq(0);
    return F.where(zero, F.zerosLike(y), y.div(F.where(zero, F.onesLike(a), a)));
  }

  /// `numerator / (a² + b²)`, and 0 at the origin.
  private static Variable overSquares(Variable numerator, Variable a, Variable b) {
    Variable squares = a.square().add(b.square());
    Variable origin = squares.eq(0);
    return F.where(
        origin, F.zerosLike(squares), numerator.div(F.where(origin, F.onesLike(squares), squares)));
  }

  /// `b a^(b - 1)`, and 0 where `b` is 0, whatever `a` is. There the derivative by `b` is still
  /// `1/a`, unless its square is not finite: then it is 0, too, so that `0 · ∞` does not arise.
  private static Variable powerByBase(Variable a, Variable b) {
    Variable square = a.detach().square();
    Variable usual = F.isFinite(square.add(F.reciprocal(square)));
    Variable vanishes = F.logicalAnd(b.eq(0), F.logicalNot(usual));
    Variable base = F.where(vanishes, F.onesLike(a), a);
    Variable power = b.mul(base.pow(F.where(vanishes, F.onesLike(b), b.sub(1))));
    return F.where(vanishes, F.zerosLike(power), power);
  }

  /// `y log(a)`, and 0 where `a` is 0 and `b` is not negative: the limit of 0ᵇ log 0 from the
  /// right.
  private static Variable powerByExponent(Variable a, Variable b, Variable y) {
    Variable vanishes = F.logicalAnd(a.eq(0), b.ge(0));
    Variable base = F.where(vanishes, F.onesLike(a), a);
    return F.where(vanishes, F.zerosLike(y), y.mul(base.log()));
  }
}
