package org.wengert;

import org.wengert.backend.Backend;
import org.wengert.tensor.Shape;
import org.wengert.tensor.ShapeException;
import org.wengert.tensor.Tensor;

/// The same elements in row-major order under another shape; the adjoint is the way back.
record Reshape(Shape to) implements Op.Linear {
  @Override
  public Shape infer(Shape x) {
    if (x.count() != to.count()) {
      throw new ShapeException(x.count() + " elements do not fill shape " + to)
          .hint("the number of elements must stay the same; -1 lets one size be computed");
    }
    return to;
  }

  @Override
  public Tensor forward(Backend kernels, Tensor x, Shape y) {
    return x.reshape(y);
  }

  @Override
  public Linear adjoint(Shape x) {
    return new Reshape(x);
  }
}
