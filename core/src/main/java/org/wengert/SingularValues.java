package org.wengert;

import org.wengert.backend.Backend;
import org.wengert.backend.linalg.LinearAlgebraKernel;
import org.wengert.tensor.Shape;
import org.wengert.tensor.Tensor;

/// The singular values of matrices, descending. `∂L/∂A = U diag(gy) Vᵀ`, with the singular vectors
/// in the columns of `U` and `V`.
record SingularValues() implements Op.Unary {
  @Override
  public String derivative(int input) {
    return "u vᵀ for each pair of singular vectors";
  }

  @Override
  public String label() {
    return "svdvals";
  }

  @Override
  public Shape infer(Shape x) {
    Matrices.requireMatrix(x);
    return Matrices.batch(x).insert(-1, Math.min(x.size(-1), x.size(-2)));
  }

  @Override
  public Tensor forward(Backend kernels, Tensor x, Shape y) {
    return Matrices.map(kernels, LinearAlgebraKernel.SINGULAR_VALUES, y, x);
  }

  @Override
  public Variable backward(Variable gy, Variable x, Variable y) {
    Variable both = new SingularVectors().apply(x);
    int rows = x.size(-2);
    Variable u = both.slice(-2, 0, rows);
    Variable v = both.slice(-2, rows, both.size(-2));
    return u.mul(Matrices.alongColumns(gy)).matMul(v.mT());
  }
}
