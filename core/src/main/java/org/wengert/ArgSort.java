package org.wengert;

import org.wengert.backend.Backend;
import org.wengert.tensor.Axes;
import org.wengert.tensor.Shape;
import org.wengert.tensor.Tensor;

/// The indices that sort along an axis, stable: `INT64`, no gradient.
record ArgSort(int axis, boolean descending) implements Op.Unary {
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
    return kernels.argSort(x, axis, descending);
  }

  @Override
  public Variable backward(Variable gy, Variable x, Variable y) {
    throw new GradientException(label() + " has no derivative");
  }
}
