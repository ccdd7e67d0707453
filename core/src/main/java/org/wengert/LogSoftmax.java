package org.wengert;

import org.wengert.backend.Backend;
import org.wengert.tensor.Axes;
import org.wengert.tensor.Shape;
import org.wengert.tensor.Tensor;

/// `x - log Σ exp(x)` along an axis. `∂L/∂x = g - exp(y) Σ g`.
record LogSoftmax(int axis) implements Op.Unary {
  @Override
  public Shape infer(Shape x) {
    Axes.normalize(axis, x.rank());
    return x;
  }

  @Override
  public Tensor forward(Backend kernels, Tensor x, Shape y) {
    return kernels.logSoftmax(x, Axes.normalize(axis, x.rank()));
  }

  @Override
  public Variable backward(Variable gy, Variable x, Variable y) {
    return gy.sub(y.exp().mul(F.sum(gy, true, axis)));
  }

  @Override
  public Variable tangent(int input, Variable dx, Step step) {
    return dx.sub(F.sum(step.exp().mul(dx), true, axis));
  }
}
