package org.wengert;

import org.wengert.backend.Backend;
import org.wengert.tensor.Shape;
import org.wengert.tensor.Tensor;

/// `log Σ exp(x)`, folded down to the shape `to`. `∂L/∂x = g exp(x - y)`.
record LogSumExp(Shape to) implements Op.Unary {
  @Override
  public String formula() {
    return "log(Σ exp(x))";
  }

  @Override
  public String derivative(int input) {
    return "exp(x - y)";
  }

  @Override
  public Shape infer(Shape x) {
    return Check.foldable(x, to);
  }

  @Override
  public Tensor forward(Backend kernels, Tensor x, Shape y) {
    return kernels.logSumExp(x, y);
  }

  @Override
  public Variable backward(Variable gy, Variable x, Variable y) {
    return gy.mul(x.sub(y).exp());
  }

  @Override
  public Variable tangent(int input, Variable dx, Step step) {
    return step.input(0).sub(step).exp().mul(dx).sumTo(to);
  }
}
