package org.wengert;

import org.wengert.backend.Backend;
import org.wengert.backend.linalg.LinearAlgebraKernel;
import org.wengert.tensor.Shape;
import org.wengert.tensor.Tensor;

/// Inverses `Y = A⁻¹`. `∂L/∂A = -Yᵀ G Yᵀ`.
record Inverse() implements Op.Unary {
  @Override
  public String formula() {
    return "x⁻¹";
  }

  @Override
  public String derivative(int input) {
    return "-yᵀ ⊗ y";
  }

  @Override
  public Shape infer(Shape x) {
    return Matrices.requireSquare(x);
  }

  @Override
  public Tensor forward(Backend kernels, Tensor x, Shape y) {
    Tensor eye = Matrices.eye(x.size(-1), x.size(-1), Variable.constant(x)).value();
    return Matrices.map(kernels, LinearAlgebraKernel.SOLVE, y, x, eye.expand(y));
  }

  @Override
  public Variable backward(Variable gy, Variable x, Variable y) {
    return y.mT().matMul(gy).matMul(y.mT()).neg();
  }
}
