package org.wengert;

import org.wengert.backend.Backend;
import org.wengert.backend.Reduction;
import org.wengert.tensor.Shape;
import org.wengert.tensor.ShapeException;
import org.wengert.tensor.Tensor;

/// The largest elements (the smallest if `least`), folded down to the shape `to`; equals share the
/// gradient evenly, as in PyTorch's `amax` and `amin`: `∂L/∂x = g [x = y] / #ties`.
record Extreme(Shape to, boolean least) implements Op.Unary {
  @Override
  public String formula() {
    return least ? "min(x)" : "max(x)";
  }

  @Override
  public String derivative(int input) {
    return "1 where x = y, shared at ties, else 0";
  }

  @Override
  public String label() {
    return least ? "amin" : "amax";
  }

  @Override
  public Shape infer(Shape x) {
    if (x.count() == 0 && to.count() > 0) {
      throw new ShapeException("shape " + x + " has no elements to compare")
          .hint("the " + (least ? "smallest" : "largest") + " of no elements is not defined");
    }
    return Check.foldable(x, to);
  }

  @Override
  public Tensor forward(Backend kernels, Tensor x, Shape y) {
    return kernels.reduce(least ? Reduction.MIN : Reduction.MAX, x, y);
  }

  @Override
  public Variable backward(Variable gy, Variable x, Variable y) {
    Variable ties = Compare.EQ.apply(x, y);
    return ties.mul(gy.div(ties.sumTo(to)));
  }

  @Override
  public Variable tangent(int input, Variable dx, Step step) {
    Variable ties = Compare.EQ.apply(step.input(0), step);
    return ties.mul(dx).sumTo(to).div(ties.sumTo(to));
  }
}
