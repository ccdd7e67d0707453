package org.wengert;

import org.wengert.backend.Backend;
import org.wengert.tensor.Axes;
import org.wengert.tensor.Shape;
import org.wengert.tensor.Tensor;

/// Running sums along an axis, from its end if `reversed`; the adjoint runs the other way.
record CumSum(int axis, boolean reversed) implements Op.Linear {
  @Override
  public String formula() {
    return "cumsum(x)";
  }

  @Override
  public String derivative(int input) {
    return reversed ? "1 from its place on, else 0" : "1 up to its place, else 0";
  }

  @Override
  public String label() {
    return "cumSum";
  }

  @Override
  public Shape infer(Shape x) {
    Check.hasAxes(x);
    Axes.normalize(axis, x.rank());
    return x;
  }

  @Override
  public Tensor forward(Backend kernels, Tensor x, Shape y) {
    return kernels.cumSum(x, axis, reversed);
  }

  @Override
  public Linear adjoint(Shape x) {
    return new CumSum(axis, !reversed);
  }
}
