package org.wengert;

import org.wengert.backend.Backend;
import org.wengert.backend.linalg.LinearAlgebraKernel;
import org.wengert.tensor.Shape;
import org.wengert.tensor.Tensor;

/// Solutions `X = A⁻¹ B` without an inverse; the axes in front broadcast. `∂L/∂B = A⁻ᵀ G`,
/// `∂L/∂A = -(A⁻ᵀ G) Xᵀ`.
record Solve() implements Op.Binary {
  @Override
  public String formula() {
    return "a⁻¹ b";
  }

  @Override
  public String derivative(int input) {
    return input == 0 ? "-a⁻ᵀ ⊗ y" : "a⁻ᵀ";
  }

  @Override
  public Shape infer(Shape a, Shape b) {
    return Matrices.solution(a, b);
  }

  @Override
  public Tensor forward(Backend kernels, Tensor a, Tensor b, Shape y) {
    return Matrices.solve(kernels, LinearAlgebraKernel.SOLVE, a, b, y);
  }

  @Override
  public Variable left(Variable gy, Variable a, Variable b, Variable y) {
    return apply(a.mT(), gy).matMul(y.mT()).neg();
  }

  @Override
  public Variable right(Variable gy, Variable a, Variable b, Variable y) {
    return apply(a.mT(), gy);
  }
}
