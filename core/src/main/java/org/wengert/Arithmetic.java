package org.wengert;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.wengert.backend.Backend;
import org.wengert.backend.LongFunction2;
import org.wengert.backend.ScalarFunction2;
import org.wengert.tensor.DType;
import org.wengert.tensor.DTypeException;
import org.wengert.tensor.Shape;
import org.wengert.tensor.Tensor;

/// The derivative table: functions of two numbers. A row is both derivatives as a student writes
/// them, the function, and a rule for each operand, with `gy` the gradient arriving at `y = f(a,
// b)`.
enum Arithmetic implements Op.Pointwise2 {
  ADD("1", "1", Double::sum, Long::sum, (gy, a, b, y) -> gy, (gy, a, b, y) -> gy),
  ATAN2(
      "b/(a² + b²)",
      "-a/(a² + b²)",
      StrictMath::atan2,
      null,
      (gy, a, b, y) -> gy.mul(overSquares(b, a, b)),
      (gy, a, b, y) -> gy.mul(overSquares(a.neg(), a, b))),
  DIV(
      "1/b",
      "-y/b",
      (a, b) -> a / b,
      null,
      (gy, a, b, y) -> gy.div(b),
      (gy, a, b, y) -> gy.mul(y.div(b).neg())),
  MAXIMUM(
      "1 if a > b, ½ at a tie, else 0",
      "1 if b > a, ½ at a tie, else 0",
      Math::max,
      Math::max,
      (gy, a, b, y) -> gy.mul(larger(a, b)),
      (gy, a, b, y) -> gy.mul(larger(b, a))),
  MINIMUM(
      "1 if a < b, ½ at a tie, else 0",
      "1 if b < a, ½ at a tie, else 0",
      Math::min,
      Math::min,
      (gy, a, b, y) -> gy.mul(larger(b, a)),
      (gy, a, b, y) -> gy.mul(larger(a, b))),
  MUL(
      "b",
      "a",
      (a, b) -> a * b,
      (a, b) -> a * b,
      (gy, a, b, y) -> gy.mul(b),
      (gy, a, b, y) -> gy.mul(a)),
  POW(
      "b a^(b - 1)",
      "y log(a)",
      StrictMath::pow,
      Arithmetic::integerPower,
      (gy, a, b, y) -> gy.mul(powerByBase(a, b)),
      (gy, a, b, y) -> gy.mul(powerByExponent(a, b, y))),
  SUB("1", "-1", (a, b) -> a - b, (a, b) -> a - b, (gy, a, b, y) -> gy, (gy, a, b, y) -> gy.neg());

  /// A derivative's way into a row.
  @FunctionalInterface
  private interface Rule {
    Variable backward(Variable gy, Variable a, Variable b, Variable y);
  }

  private final List<String> derivatives;
  private final ScalarFunction2 function;
  private final @Nullable LongFunction2 integral;
  private final Rule left;
  private final Rule right;

  Arithmetic(
      String byA,
      String byB,
      ScalarFunction2 function,
      @Nullable LongFunction2 integral,
      Rule left,
      Rule right) {
    this.derivatives = List.of(byA, byB);
    this.function = function;
    this.integral = integral;
    this.left = left;
    this.right = right;
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
    return integral != null && !type.isFloating()
        ? kernels.zipLongs(integral, a, b, y, type)
        : kernels.zip(function, a, b, y, type.toFloating());
  }

  @Override
  public Variable left(Variable gy, Variable a, Variable b, Variable y) {
    return left.backward(gy, a, b, y);
  }

  @Override
  public Variable right(Variable gy, Variable a, Variable b, Variable y) {
    return right.backward(gy, a, b, y);
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

  /// 1 where `a > b`, ½ where they are equal, else 0.
  private static Variable larger(Variable a, Variable b) {
    Variable strictly = Compare.GT.apply(a, b).to(a.dtype());
    Variable tie = Compare.EQ.apply(a, b).to(a.dtype());
    return strictly.add(tie.mul(0.5));
  }

  /// `numerator / (a² + b²)`, and 0 at the origin.
  private static Variable overSquares(Variable numerator, Variable a, Variable b) {
    Variable squares = a.square().add(b.square());
    Variable origin = squares.eq(0);
    return F.where(
        origin, F.zerosLike(squares), numerator.div(F.where(origin, F.onesLike(squares), squares)));
  }

  /// `b a^(b - 1)`, and 0 where `b` is 0, also at `a = 0`.
  private static Variable powerByBase(Variable a, Variable b) {
    Variable power = b.mul(a.pow(b.sub(1)));
    return F.where(b.eq(0), F.zerosLike(power), power);
  }

  /// `y log(a)`, and 0 where `a` is 0 and `b` is not negative: the limit of 0ᵇ log 0 from the
  /// right.
  private static Variable powerByExponent(Variable a, Variable b, Variable y) {
    Variable vanishes = F.logicalAnd(a.eq(0), b.ge(0));
    Variable base = F.where(vanishes, F.onesLike(a), a);
    return F.where(vanishes, F.zerosLike(y), y.mul(base.log()));
  }
}
