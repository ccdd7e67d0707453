package org.wengert;

import java.util.Arrays;
import org.wengert.backend.Backend;
import org.wengert.tensor.Axes;
import org.wengert.tensor.Shape;
import org.wengert.tensor.ShapeException;
import org.wengert.tensor.Tensor;

/// The axes in another order; the adjoint is the inverse order.
record Permute(int... order) implements Op.Linear {
  Permute {
    order = order.clone();
  }

  @Override
  public Shape infer(Shape x) {
    if (order.length != x.rank() || Axes.of(x.rank(), order).count() != x.rank()) {
      throw new ShapeException(
              Arrays.toString(order) + " is no order of the " + x.rank() + " axes of " + x)
          .hint("name each axis once");
    }
    return Shape.of(Arrays.stream(order).map(x::size).toArray());
  }

  @Override
  public Tensor forward(Backend kernels, Tensor x, Shape y) {
    return x.permute(order);
  }

  @Override
  public Linear adjoint(Shape x) {
    int[] inverse = new int[order.length];
    for (int axis = 0; axis < order.length; axis++) {
      inverse[Axes.normalize(order[axis], order.length)] = axis;
    }
    return new Permute(inverse);
  }

  @Override
  public String toString() {
    return "Permute" + Arrays.toString(order);
  }
}
