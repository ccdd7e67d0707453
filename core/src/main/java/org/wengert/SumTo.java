package org.wengert;

import org.wengert.backend.Backend;
import org.wengert.backend.Reduction;
import org.wengert.tensor.Shape;
import org.wengert.tensor.Tensor;

/// Sums over axes until the shape is `to`, which must broadcast to the operand's; the adjoint
/// repeats. Every sum is this one.
record SumTo(Shape to) implements Op.Linear {
  @Override
  public String formula() {
    return "Σ x";
  }

  @Override
  public String label() {
    return "sum";
  }

  @Override
  public Shape infer(Shape x) {
    return Check.foldable(x, to);
  }

  @Override
  public Tensor forward(Backend kernels, Tensor x, Shape y) {
    return kernels.reduce(Reduction.SUM, x, y);
  }

  @Override
  public Linear adjoint(Shape x) {
    return new Expand(x);
  }
}
