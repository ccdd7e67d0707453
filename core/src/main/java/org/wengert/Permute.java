package org.wengert;

import java.util.Arrays;
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
    return new Permute(Arrays.stream(order).boxed().toList());
  }

  @Override
  public Shape infer(Shape x) {
    int[] axes = axes();
    if (axes.length != x.rank() || Axes.of(x.rank(), axes).count() != x.rank()) {
      throw new ShapeException(order + " is no order of the " + x.rank() + " axes of " + x)
          .hint("name each axis once");
    }
    return Shape.of(Arrays.stream(axes).map(x::size).toArray());
  }

  private int[] axes() {
    return order.stream().mapToInt(Integer::intValue).toArray();
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
