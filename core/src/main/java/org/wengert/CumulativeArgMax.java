package org.wengert;

import org.wengert.backend.Backend;
import org.wengert.tensor.Axes;
import org.wengert.tensor.Shape;
import org.wengert.tensor.Tensor;

/// The index of the largest element so far along an axis (of the smallest if `least`), the last of
/// equals: `INT64`, no gradient.
record CumulativeArgMax(int axis, boolean least) implements Op.Unary {
  @Override
  public String derivative(int input) {
    return "0";
  }

  @Override
  public boolean isDifferentiable() {
    return false;
  }

  @Override
  public Shape infer(Shape x) {
    Check.hasAxes(x);
    Axes.normalize(axis, x.rank());
    return x;
  }

  @Override
  public Tensor forward(Backend kernels, Tensor x, Shape y) {
    return kernels.cumulativeArgMax(x, axis, least);
  }

  @Override
  public Variable backward(Variable gy, Variable x, Variable y) {
    throw new GradientException(label() + " has no derivative");
  }
}
