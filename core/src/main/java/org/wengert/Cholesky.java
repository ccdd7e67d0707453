package org.wengert;

import org.wengert.backend.Backend;
import org.wengert.backend.linalg.LinearAlgebraKernel;
import org.wengert.tensor.Shape;
import org.wengert.tensor.Tensor;

/// The lower factor in `(A + Aᵀ)/2 = L Lᵀ`, with a positive diagonal. `∂L/∂A = L⁻ᵀ S L⁻¹`, where
/// `S` is the symmetric part of `Φ(Lᵀ G)` and `Φ` keeps the lower triangle with half its diagonal.
record Cholesky() implements Op.Unary {
  @Override
  public String derivative(int input) {
    return "y Φ(y⁻¹ dx y⁻ᵀ), Φ halves the diagonal and drops what is above";
  }

  @Override
  public Shape infer(Shape x) {
    return Matrices.requireSquare(x);
  }

  @Override
  public Tensor forward(Backend kernels, Tensor x, Shape y) {
    return Matrices.map(kernels, LinearAlgebraKernel.CHOLESKY, y, x);
  }

  @Override
  public Variable backward(Variable gy, Variable x, Variable y) {
    int n = x.size(-1);
    Variable half = Matrices.pattern(n, n, x, (i, j) -> i > j ? 1 : i == j ? 0.5 : 0);
    Variable inner = Matrices.symmetric(y.mT().matMul(gy).mul(half));
    SolveTriangular transposed = new SolveTriangular(true);
    return transposed.apply(y.mT(), transposed.apply(y.mT(), inner).mT());
  }
}
