package org.wengert;

import org.wengert.backend.Backend;
import org.wengert.backend.linalg.LinearAlgebraKernel;
import org.wengert.tensor.Shape;
import org.wengert.tensor.Tensor;

/// Solutions `X = A⁻¹ B` where `A` is triangular; what lies in the other triangle is not read.
/// `∂L/∂B = A⁻ᵀ G`, `∂L/∂A` is the triangle of `-(A⁻ᵀ G) Xᵀ`.
///
/// @param upper whether the upper triangle is meant
record SolveTriangular(boolean upper) implements Op.Binary {
  @Override
  public String formula() {
    return "a⁻¹ b";
  }

  @Override
  public String derivative(int input) {
    return input == 0 ? "-a⁻ᵀ ⊗ y in the triangle" : "a⁻ᵀ";
  }

  @Override
  public Shape infer(Shape a, Shape b) {
    return Matrices.solution(a, b);
  }

  @Override
  public Tensor forward(Backend kernels, Tensor a, Tensor b, Shape y) {
    LinearAlgebraKernel solve =
        upper ? LinearAlgebraKernel.SOLVE_UPPER : LinearAlgebraKernel.SOLVE_LOWER;
    return Matrices.solve(kernels, solve, a, b, y);
  }

  @Override
  public Variable left(Variable gy, Variable a, Variable b, Variable y) {
    Variable full = right(gy, a, b, y).matMul(y.mT()).neg();
    return upper ? Matrices.upper(full) : Matrices.lower(full);
  }

  @Override
  public Variable right(Variable gy, Variable a, Variable b, Variable y) {
    return new SolveTriangular(!upper).apply(a.mT(), gy);
  }
}
