package org.wengert;

import org.wengert.backend.Backend;
import org.wengert.tensor.Shape;
import org.wengert.tensor.ShapeException;
import org.wengert.tensor.Tensor;

/// One element, as a scalar, that was chosen by its size; elements equal to it (`NaN` if it is
/// `NaN`) share the gradient evenly: `∂L/∂x = g [x = y] / #ties`. The largest, smallest and middle
/// element of a whole tensor.
///
/// @param at the place in row-major order
record Pick(int at) implements Op.Unary {
  @Override
  public String formula() {
    return "x[" + at + "]";
  }

  @Override
  public String derivative(int input) {
    return "1 where x = y, shared at ties, else 0";
  }

  @Override
  public Shape infer(Shape x) {
    if (at < 0 || at >= x.count()) {
      throw new ShapeException("element " + at + " does not exist in shape " + x)
          .hint("there must be an element to choose");
    }
    return Shape.SCALAR;
  }

  @Override
  public Tensor forward(Backend kernels, Tensor x, Shape y) {
    return x.reshape(x.count()).slice(0, at, at + 1, 1).reshape(y).copy();
  }

  @Override
  public Variable backward(Variable gy, Variable x, Variable y) {
    Variable ties = ties(x, y);
    Variable share = gy.div(ties.sum());
    return F.where(ties, share, F.zerosLike(share));
  }

  @Override
  public Variable tangent(int input, Variable dx, Step step) {
    Variable ties = ties(step.input(0), step);
    return F.where(ties, dx, F.zerosLike(dx)).sum().div(ties.sum());
  }

  private static Variable ties(Variable x, Variable y) {
    return Double.isNaN(y.item()) ? F.ne(x, x) : F.eq(x, y);
  }
}
