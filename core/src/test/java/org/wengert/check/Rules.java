package org.wengert.check;

import java.util.function.DoubleUnaryOperator;
import org.wengert.Op;
import org.wengert.Variable;
import org.wengert.backend.Backend;
import org.wengert.tensor.Shape;
import org.wengert.tensor.Tensor;

/// Operations whose rules a test states, right or wrong.
final class Rules {
  private Rules() {}

  /// A derivative, in operand and result.
  @FunctionalInterface
  interface Rule {
    Variable of(Variable gy, Variable x, Variable y);
  }

  /// A derivative, in both operands.
  @FunctionalInterface
  interface Rule2 {
    Variable of(Variable gy, Variable a, Variable b);
  }

  /// A function of one number with a stated derivative.
  record Stated(DoubleUnaryOperator function, Rule rule) implements Op.Pointwise {
    @Override
    public double value(double x) {
      return function.applyAsDouble(x);
    }

    @Override
    public Variable backward(Variable gy, Variable x, Variable y) {
      return rule.of(gy, x, y);
    }
  }

  /// The product of two square matrices with stated derivatives.
  record Product(Rule2 byLeft, Rule2 byRight) implements Op.Binary {
    static final Rule2 LEFT = (gy, a, b) -> gy.matMul(b.mT());
    static final Rule2 RIGHT = (gy, a, b) -> a.mT().matMul(gy);

    @Override
    public Shape infer(Shape a, Shape b) {
      return a;
    }

    @Override
    public Tensor forward(Backend kernels, Tensor a, Tensor b, Shape y) {
      return kernels.matMul(a, b);
    }

    @Override
    public Variable left(Variable gy, Variable a, Variable b, Variable y) {
      return byLeft.of(gy, a, b);
    }

    @Override
    public Variable right(Variable gy, Variable a, Variable b, Variable y) {
      return byRight.of(gy, a, b);
    }
  }

  /// The cube, whose derivative is `rule` instead of `3 x²`.
  static Stated cube(Rule rule) {
    return new Stated(x -> x * x * x, rule);
  }

  /// The right derivative of the cube.
  static Variable cubed(Variable gy, Variable x, Variable y) {
    return gy.mul(x.square()).mul(3);
  }
}
