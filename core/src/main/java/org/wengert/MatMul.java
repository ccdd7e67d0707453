package org.wengert;

import java.util.List;
import org.wengert.backend.Backend;
import org.wengert.tensor.DTypeException;
import org.wengert.tensor.Shape;
import org.wengert.tensor.ShapeException;
import org.wengert.tensor.Tensor;

/// Products of the matrices in the last two axes; the axes in front broadcast.
/// `∂L/∂A = G Bᵀ`, `∂L/∂B = Aᵀ G`.
record MatMul() implements Op.Binary {
  @Override
  public String formula() {
    return "a b";
  }

  @Override
  public String derivative(int input) {
    return input == 0 ? "bᵀ" : "aᵀ";
  }

  @Override
  public Shape infer(Shape a, Shape b) {
    if (a.rank() < 2 || b.rank() < 2) {
      throw new ShapeException("a matrix product needs two axes on each side")
          .hint("F.matMul takes vectors too; a scalar is multiplied with mul(..)");
    }
    if (a.size(-1) != b.size(-2)) {
      throw new ShapeException(
              a.size(-1) + " columns on the left meet " + b.size(-2) + " rows on the right")
          .hint(hint(a, b));
    }
    return batch(a, b).insert(-1, a.size(-2)).insert(-1, b.size(-1));
  }

  private static Shape batch(Shape a, Shape b) {
    return Shape.broadcast(a.remove(-1).remove(-1), b.remove(-1).remove(-1));
  }

  private static String hint(Shape a, Shape b) {
    if (a.size(-1) == b.size(-1)) {
      return "transpose the right operand";
    }
    if (a.size(-2) == b.size(-2)) {
      return "transpose the left operand";
    }
    return a.size(-2) == b.size(-1)
        ? "exchange the operands"
        : "the last axis on the left must be as long as the last but one on the right";
  }

  @Override
  public long multiplyAdds(List<Shape> xs, Shape y) {
    return (long) y.count() * xs.get(0).size(-1);
  }

  @Override
  public Tensor forward(Backend kernels, Tensor a, Tensor b, Shape y) {
    if (a.dtype() != b.dtype()) {
      throw new DTypeException("matrices of types " + a.dtype() + " and " + b.dtype())
          .hint("convert one of them with to(..)");
    }
    if (y.rank() == 2) {
      return kernels.matMul(a, b);
    }
    Shape batch = batch(a.shape(), b.shape());
    Shape left = batch.insert(-1, a.size(-2)).insert(-1, a.size(-1));
    Shape right = batch.insert(-1, b.size(-2)).insert(-1, b.size(-1));
    return kernels.matMul(a.expand(left), b.expand(right));
  }

  @Override
  public Variable left(Variable gy, Variable a, Variable b, Variable y) {
    return apply(gy, b.mT());
  }

  @Override
  public Variable right(Variable gy, Variable a, Variable b, Variable y) {
    return apply(a.mT(), gy);
  }

  @Override
  public Variable tangent(int input, Variable dx, Step step) {
    return input == 0 ? apply(dx, step.input(1)) : apply(step.input(0), dx);
  }
}
