package org.wengert;

import org.wengert.backend.Backend;
import org.wengert.tensor.DType;
import org.wengert.tensor.Shape;
import org.wengert.tensor.Tensor;

/// The numbers in another type; `∂L/∂x = g`. The rule hands the gradient on; the engine converts it
/// back to the operand's type.
record Cast(DType to) implements Op.Unary {
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
    return x.to(to);
  }

  @Override
  public Variable backward(Variable gy, Variable x, Variable y) {
    return gy;
  }

  @Override
  public Variable tangent(int input, Variable dx, Step step) {
    return dx; // converted by the engine, as the gradient is
  }
}
