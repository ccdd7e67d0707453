package org.wengert;

import org.wengert.backend.Backend;
import org.wengert.tensor.Shape;
import org.wengert.tensor.Tensor;

/// `y[.., i, ..] = x[.., index[.., i, ..], ..]` along `axis`; the adjoint adds elements up where
/// they came from.
///
/// @param index checked and non-negative, see [Indices]
record Gather(int axis, Tensor index) implements Op.Linear {
  @Override
  public String derivative(int input) {
    return "1";
  }

  @Override
  public Shape infer(Shape x) {
    Indices.requireWithin(index, x, axis);
    return index.shape();
  }

  @Override
  public Tensor forward(Backend kernels, Tensor x, Shape y) {
    return kernels.gather(x, axis, index);
  }

  @Override
  public Linear adjoint(Shape x) {
    return new ScatterAdd(axis, index, x);
  }

  @Override
  public String toString() {
    return "Gather[axis=" + axis + ", index=" + index.shape() + "]";
  }
}
