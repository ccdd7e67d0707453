package org.wengert;

import org.wengert.backend.Backend;
import org.wengert.tensor.DType;
import org.wengert.tensor.DTypeException;
import org.wengert.tensor.Shape;
import org.wengert.tensor.Tensor;

/// `condition ? a : b`, element by element. `∂L/∂a = condition ? g : 0`,
/// `∂L/∂b = condition ? 0 : g`. The branch not taken gets a gradient of exactly 0,
/// whatever its value: no `NaN` leaks from it.
record Where(Tensor condition) implements Op.Binary {
  @Override
  public String formula() {
    return "a where chosen, else b";
  }

  @Override
  public String derivative(int input) {
    return input == 0 ? "1 where chosen, else 0" : "0 where the other is chosen, else 1";
  }

  @Override
  public Shape infer(Shape a, Shape b) {
    if (condition.dtype() != DType.BOOL) {
      throw new DTypeException("a condition of type " + condition.dtype())
          .hint("compare, or convert with to(BOOL)");
    }
    return Shape.broadcast(condition.shape(), Shape.broadcast(a, b));
  }

  @Override
  public Tensor forward(Backend kernels, Tensor a, Tensor b, Shape y) {
    return kernels.where(condition, a, b, y);
  }

  @Override
  public Variable left(Variable gy, Variable a, Variable b, Variable y) {
    return apply(gy, F.zerosLike(gy));
  }

  @Override
  public Variable right(Variable gy, Variable a, Variable b, Variable y) {
    return apply(F.zerosLike(gy), gy);
  }

  @Override
  public String toString() {
    return "Where[condition=" + condition.shape() + "]";
  }

  @Override
  public Variable tangent(int input, Variable dx, Step step) {
    return gradient(input, dx, step);
  }
}
