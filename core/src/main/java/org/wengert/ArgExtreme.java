package org.wengert;

import org.wengert.backend.Backend;
import org.wengert.tensor.Axes;
import org.wengert.tensor.Shape;
import org.wengert.tensor.ShapeException;
import org.wengert.tensor.Tensor;

/// The index of the largest element along an axis (of the smallest if `least`), the first of
/// equals: `INT64`, the axis kept at size 1, no gradient.
record ArgExtreme(int axis, boolean least) implements Op.Unary {
  @Override
  public String formula() {
    return least ? "argmin(x)" : "argmax(x)";
  }

  @Override
  public String derivative(int input) {
    return "0";
  }

  @Override
  public String label() {
    return least ? "argMin" : "argMax";
  }

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
          .hint("the " + (least ? "smallest" : "largest") + " of no elements is not defined");
    }
    return x.with(axis, 1);
  }

  @Override
  public Tensor forward(Backend kernels, Tensor x, Shape y) {
    if (x.rank() == 0) {
      return Tensor.arange(1).reshape(y);
    }
    int at = Axes.normalize(axis, x.rank());
    return least ? kernels.argMin(x, at) : kernels.argMax(x, at);
  }

  @Override
  public Variable backward(Variable gy, Variable x, Variable y) {
    throw new GradientException(label() + " has no derivative");
  }
}
