package org.wengert;

import org.wengert.backend.Backend;
import org.wengert.tensor.Axes;
import org.wengert.tensor.Shape;
import org.wengert.tensor.Tensor;

/// `exp(x) / Σ exp(x)` along an axis. `∂L/∂x = y (g - Σ g y)`.
record Softmax(int axis) implements Op.Unary {
  @Override
  public Shape infer(Shape x) {
    Axes.normalize(axis, x.rank());
    return x;
  }

  @Override
  public Tensor forward(Backend kernels, Tensor x, Shape y) {
    return kernels.softmax(x, Axes.normalize(axis, x.rank()));
  }

  @Override
  public Variable backward(Variable gy, Variable x, Variable y) {
    return y.mul(gy.sub(F.sum(gy.mul(y), true, axis)));
  }

  @Override
  public Variable tangent(int input, Variable dx, Step step) {
    return backward(dx, step.input(0), step); // the Jacobian is symmetric
  }
}
