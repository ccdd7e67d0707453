package org.wengert;

import org.wengert.backend.Backend;
import org.wengert.backend.linalg.LinearAlgebraKernel;
import org.wengert.tensor.Shape;
import org.wengert.tensor.Tensor;

/// The signs of determinants: -1, 0 or 1. Constant wherever it has a derivative, so it is not
/// recorded.
record DetSign() implements Op.Unary {
  @Override
  public String formula() {
    return "sign(det(x))";
  }

  @Override
  public String derivative(int input) {
    return "0";
  }

  @Override
  public boolean isDifferentiable() {
    return false;
  }

  @Override
  public Shape infer(Shape x) {
    return Matrices.batch(Matrices.requireSquare(x));
  }

  @Override
  public Tensor forward(Backend kernels, Tensor x, Shape y) {
    return Matrices.map(kernels, LinearAlgebraKernel.DETERMINANT_SIGN, y, x);
  }

  @Override
  public Variable backward(Variable gy, Variable x, Variable y) {
    throw new GradientException("detSign has no derivative");
  }
}
