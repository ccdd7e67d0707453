package org.wengert;

import java.util.List;
import org.wengert.backend.Backend;
import org.wengert.backend.Window;
import org.wengert.tensor.Shape;
import org.wengert.tensor.Tensor;

/// What the windows hold of each element, added up: `(.., kernels, outputs)` to `(.., sizes)`; the
/// adjoint [Unfold] hands every window its elements. With it a transposed convolution is a matrix
/// product.
///
/// @param windows one for each of the last axes of the result
record Fold(List<Window> windows) implements Op.Linear {
  Fold {
    windows = List.copyOf(windows);
  }

  @Override
  public Shape infer(Shape x) {
    int axes = windows.size();
    int[] sizes = new int[2 * axes];
    for (int axis = 0; axis < axes; axis++) {
      sizes[axis] = windows.get(axis).kernel();
      sizes[axes + axis] = windows.get(axis).outputs();
    }
    Unfold.requirePlane(x, sizes);
    Shape y = Unfold.outer(x, x.rank() - 2 * axes);
    for (Window window : windows) {
      y = y.insert(-1, window.size());
    }
    return y;
  }

  @Override
  public Tensor forward(Backend kernels, Tensor x, Shape y) {
    return kernels.fold(x, windows, y);
  }

  @Override
  public Linear adjoint(Shape x) {
    return new Unfold(windows);
  }
}
