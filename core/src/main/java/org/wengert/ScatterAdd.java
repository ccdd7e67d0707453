package org.wengert;

import org.wengert.backend.Backend;
import org.wengert.tensor.Shape;
import org.wengert.tensor.ShapeException;
import org.wengert.tensor.Tensor;

/// Zeros of shape `to` plus `y[.., index[.., i, ..], ..] += x[.., i, ..]` along `axis`; the adjoint
/// gathers.
///
/// @param index checked and non-negative, see [Indices]
record ScatterAdd(int axis, Tensor index, Shape to) implements Op.Linear {
  @Override
  public Shape infer(Shape x) {
    if (!x.equals(index.shape())) {
      throw new ShapeException("values of shape " + x + " meet indices of shape " + index.shape())
          .hint("give one index for each value");
    }
    Indices.requireWithin(index, to, axis);
    return to;
  }

  @Override
  public Tensor forward(Backend kernels, Tensor x, Shape y) {
    return kernels.scatterAdd(x, axis, index, y);
  }

  @Override
  public Linear adjoint(Shape x) {
    return new Gather(axis, index);
  }

  @Override
  public String toString() {
    return "ScatterAdd[axis=" + axis + ", index=" + index.shape() + ", to=" + to + "]";
  }
}
