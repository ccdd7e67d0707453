package org.wengert;

import org.wengert.backend.Backend;
import org.wengert.tensor.Shape;
import org.wengert.tensor.ShapeException;
import org.wengert.tensor.Tensor;

/// Repeats axes of size 1, and new axes in front, without copying; the adjoint sums them up again.
record Expand(Shape to) implements Op.Linear {
  @Override
  public String formula() {
    return "x";
  }

  @Override
  public Shape infer(Shape x) {
    if (!x.broadcastsTo(to)) {
      throw new ShapeException("shape " + x + " does not expand to " + to)
          .hint("only axes of size 1 are repeated, aligned at the innermost axis");
    }
    return to;
  }

  @Override
  public Tensor forward(Backend kernels, Tensor x, Shape y) {
    return x.expand(y);
  }

  @Override
  public Linear adjoint(Shape x) {
    return new SumTo(x);
  }
}
