package org.wengert;

import org.wengert.backend.Backend;
import org.wengert.backend.linalg.LinearAlgebraKernel;
import org.wengert.tensor.Shape;
import org.wengert.tensor.Tensor;

/// The eigenvalues of `(A + Aᵀ)/2`, ascending. `∂L/∂A = V diag(gy) Vᵀ`, with the eigenvectors in
/// the columns of `V`.
record Eigenvalues() implements Op.Unary {
  @Override
  public String derivative(int input) {
    return "v vᵀ for each eigenvector v";
  }

  @Override
  public String label() {
    return "eigvalsh";
  }

  @Override
  public Shape infer(Shape x) {
    return Matrices.requireSquare(x).remove(-1);
  }

  @Override
  public Tensor forward(Backend kernels, Tensor x, Shape y) {
    return Matrices.map(kernels, LinearAlgebraKernel.EIGENVALUES, y, x);
  }

  @Override
  public Variable backward(Variable gy, Variable x, Variable y) {
    Variable v = new Eigenvectors().apply(x);
    return v.mul(Matrices.alongColumns(gy)).matMul(v.mT());
  }
}
