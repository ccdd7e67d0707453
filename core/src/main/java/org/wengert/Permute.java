package org.wengert;

import java.util.List;
import org.wengert.backend.Backend;
import org.wengert.tensor.Axes;
import org.wengert.tensor.Shape;
import org.wengert.tensor.ShapeException;
import org.wengert.tensor.Tensor;

/// The axes in another order; the adjoint is the inverse order.
///
/// @param order axis `i` of the result is axis `order.get(i)` of the operand
record Permute(List<Integer> order) implements Op.Linear {
  Permute {
    order = List.copyOf(order);
  }

  static Permute of(int... order) {
    Integer[] axes = new Integer[order.length];
    for (int i = 0; i < axes.length; i++) {
      axes[i] = order[i];
    }
    return new Permute(List.of(axes));
  }

  @Override
  public String formula() {
    int last = order.size() - 1;
    for (int axis = 0; axis < last - 1; axis++) {
      if (order.get(axis) != axis) {
        return "permute(x)";
      }
    }
    return last > 0 && order.get(last) == last - 1 ? "xᵀ" : "permute(x)";
  }

  @Override
  public Shape infer(Shape x) {
    int[] axes = axes();
    if (axes.length != x.rank() || Axes.of(x.rank(), axes).count() != x.rank()) {
      throw new ShapeException(order + " is no order of the " + x.rank() + " axes of " + x)
          .hint("name each axis once");
    }
    int[] sizes = new int[axes.length];
    for (int i = 0; i < sizes.length; i++) {
      sizes[i] = x.size(axes[i]);
    }
    return Shape.of(sizes);
  }

  private int[] axes() {
    int[] axes = new int[order.size()];
    for (int i = 0; i < axes.length; i++) {
      axes[i] = order.get(i);
    }
    return axes;
  }

  @Override
  public Tensor forward(Backend kernels, Tensor x, Shape y) {
    return x.permute(axes());
  }

  @Override
  public Linear adjoint(Shape x) {
    int[] axes = axes();
    int[] inverse = new int[axes.length];
    for (int axis = 0; axis < axes.length; axis++) {
      inverse[Axes.normalize(axes[axis], axes.length)] = axis;
    }
    return of(inverse);
  }
}
