package org.wengert;

import java.util.List;
import org.wengert.backend.Backend;
import org.wengert.backend.Window;
import org.wengert.tensor.Shape;
import org.wengert.tensor.ShapeException;
import org.wengert.tensor.Tensor;

/// The elements of every window over the last axes, `(.., sizes)` to `(.., kernels, outputs)`; the
/// adjoint [Fold] adds up what windows have in common. With it a convolution is a matrix product.
///
/// @param windows one for each of the last axes
record Unfold(List<Window> windows) implements Op.Linear {
  Unfold {
    windows = List.copyOf(windows);
  }

  @Override
  public Shape infer(Shape x) {
    requirePlane(x, windows.stream().mapToInt(Window::size).toArray());
    int lead = x.rank() - windows.size();
    Shape y = outer(x, lead);
    for (Window window : windows) {
      y = y.insert(-1, window.kernel());
    }
    return withOutputs(y, windows);
  }

  /// Checks the sizes of the last axes.
  static void requirePlane(Shape x, int... sizes) {
    int lead = x.rank() - sizes.length;
    for (int axis = 0; axis < sizes.length; axis++) {
      if (lead < 0 || x.size(lead + axis) != sizes[axis]) {
        throw new ShapeException("the last axes of " + x + " are not " + Shape.of(sizes))
            .hint("the windows were made for a plane of that shape");
      }
    }
  }

  /// The first axes of a shape.
  static Shape outer(Shape x, int count) {
    Shape outer = x;
    while (outer.rank() > count) {
      outer = outer.remove(-1);
    }
    return outer;
  }

  static Shape withOutputs(Shape lead, List<Window> windows) {
    Shape y = lead;
    for (Window window : windows) {
      y = y.insert(-1, window.outputs());
    }
    return y;
  }

  @Override
  public Tensor forward(Backend kernels, Tensor x, Shape y) {
    return kernels.unfold(x, windows, y);
  }

  @Override
  public Linear adjoint(Shape x) {
    return new Fold(windows);
  }
}
