package org.wengert;

import java.util.List;
import org.wengert.backend.Backend;
import org.wengert.backend.Window;
import org.wengert.tensor.Shape;
import org.wengert.tensor.Tensor;

/// Where each window over the last axes has its largest element, the first of equals, as an index
/// into the plane of these axes: `INT64`, no gradient.
///
/// @param windows one for each of the last axes
record WindowArgMax(List<Window> windows) implements Op.Unary {
  @Override
  public String derivative(int input) {
    return "0";
  }

  WindowArgMax {
    windows = List.copyOf(windows);
  }

  @Override
  public boolean isDifferentiable() {
    return false;
  }

  @Override
  public Shape infer(Shape x) {
    Unfold.requirePlane(x, windows.stream().mapToInt(Window::size).toArray());
    return Unfold.withOutputs(Unfold.outer(x, x.rank() - windows.size()), windows);
  }

  @Override
  public Tensor forward(Backend kernels, Tensor x, Shape y) {
    return kernels.windowArgMax(x, windows, y);
  }

  @Override
  public Variable backward(Variable gy, Variable x, Variable y) {
    throw new GradientException("windowArgMax has no derivative");
  }
}
