package org.wengert;

import org.wengert.backend.Backend;
import org.wengert.tensor.Shape;
import org.wengert.tensor.Tensor;

/// The same numbers, row by row in a storage of their own; its own adjoint.
record Clone() implements Op.Linear {
  @Override
  public String formula() {
    return "x";
  }

  @Override
  public String derivative(int input) {
    return "1";
  }

  @Override
  public Shape infer(Shape x) {
    return x;
  }

  @Override
  public Tensor forward(Backend kernels, Tensor x, Shape y) {
    return x.copy();
  }

  @Override
  public Linear adjoint(Shape x) {
    return this;
  }
}
