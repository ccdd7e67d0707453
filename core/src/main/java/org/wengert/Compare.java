package org.wengert;

import java.util.function.BinaryOperator;
import org.wengert.backend.Backend;
import org.wengert.backend.Comparison;
import org.wengert.backend.Expr;
import org.wengert.backend.Kernel;
import org.wengert.tensor.Shape;
import org.wengert.tensor.Tensor;

/// Comparisons: `BOOL` results, no gradient.
enum Compare implements Op.Binary, Comparison {
  EQ((a, b) -> a.eq(b), (a, b) -> a == b),
  NE((a, b) -> a.ne(b), (a, b) -> a != b),
  LT((a, b) -> a.lt(b), (a, b) -> a < b),
  LE((a, b) -> a.le(b), (a, b) -> a <= b),
  GT((a, b) -> a.gt(b), (a, b) -> a > b),
  GE((a, b) -> a.ge(b), (a, b) -> a >= b);

  /// A comparison of integers.
  @FunctionalInterface
  private interface Exact {
    boolean test(long a, long b);
  }

  private final Kernel kernel;
  private final Exact exact;

  Compare(BinaryOperator<Expr> formula, Exact exact) {
    this.kernel = Kernel.of(formula.apply(Expr.input(0), Expr.input(1)));
    this.exact = exact;
  }

  @Override
  public String formula() {
    return switch (this) {
      case EQ -> "a = b";
      case NE -> "a ≠ b";
      case LT -> "a < b";
      case LE -> "a ≤ b";
      case GT -> "a > b";
      case GE -> "a ≥ b";
    };
  }

  @Override
  public String derivative(int input) {
    return "0";
  }

  @Override
  public Kernel kernel() {
    return kernel;
  }

  @Override
  public boolean test(long a, long b) {
    return exact.test(a, b);
  }

  @Override
  public boolean isDifferentiable() {
    return false;
  }

  @Override
  public Shape infer(Shape a, Shape b) {
    return Shape.broadcast(a, b);
  }

  @Override
  public Tensor forward(Backend kernels, Tensor a, Tensor b, Shape y) {
    return kernels.compare(this, a, b, y);
  }

  @Override
  public Variable left(Variable gy, Variable a, Variable b, Variable y) {
    throw new GradientException(label() + " has no derivative");
  }

  @Override
  public Variable right(Variable gy, Variable a, Variable b, Variable y) {
    throw new GradientException(label() + " has no derivative");
  }
}
