package org.wengert;

import org.wengert.backend.Backend;
import org.wengert.tensor.Axes;
import org.wengert.tensor.Shape;
import org.wengert.tensor.ShapeException;
import org.wengert.tensor.Tensor;

/// The index of the smallest element along an axis, which is kept at size 1: `INT64`, no gradient.
record ArgMin(int axis) implements Op.Unary {
  @Override
  public boolean isDifferentiable() {
    return false;
  }

  @Override
  public Shape infer(Shape x) {
    if (x.rank() == 0) {
      return x;
    }
    if (x.size(axis) == 0) {
      throw new ShapeException("axis " + axis + " of shape " + x + " is empty")
          .hint("the smallest of no elements is not defined");
    }
    return x.with(axis, 1);
  }

  @Override
  public Tensor forward(Backend kernels, Tensor x, Shape y) {
    return x.rank() == 0
        ? Tensor.arange(1).reshape(y)
        : kernels.argMin(x, Axes.normalize(axis, x.rank()));
  }

  @Override
  public Variable backward(Variable gy, Variable x, Variable y) {
    throw new GradientException("argMin has no derivative");
  }
}
