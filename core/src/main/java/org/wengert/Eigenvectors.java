package org.wengert;

import org.wengert.backend.Backend;
import org.wengert.backend.linalg.LinearAlgebraKernel;
import org.wengert.tensor.Shape;
import org.wengert.tensor.Tensor;

/// The eigenvectors of `(A + Aᵀ)/2` as columns, in ascending order of the eigenvalues; the element
/// of largest magnitude of each is positive.
///
/// `∂L/∂A` is the symmetric part of `V ((Vᵀ G) ∘ E) Vᵀ`, with `E` the matrix of `1/(λⱼ - λᵢ)` and
/// zeros on the diagonal: infinite where eigenvalues are equal, since eigenvectors jump there.
record Eigenvectors() implements Op.Unary {
  @Override
  public String derivative(int input) {
    return "Σ v vᵀ dx u/(λ - μ) over the other eigenvectors v";
  }

  @Override
  public String label() {
    return "eigh";
  }

  @Override
  public Shape infer(Shape x) {
    return Matrices.requireSquare(x);
  }

  @Override
  public Tensor forward(Backend kernels, Tensor x, Shape y) {
    return Matrices.map(kernels, LinearAlgebraKernel.EIGENVECTORS, y, x);
  }

  @Override
  public Variable backward(Variable gy, Variable x, Variable y) {
    Variable values = new Eigenvalues().apply(x);
    Variable gaps = Matrices.alongColumns(values).sub(Matrices.alongRows(values));
    Variable inner = overGaps(y.mT().matMul(gy), gaps);
    return Matrices.symmetric(y.matMul(inner).matMul(y.mT()));
  }

  /// `X / gaps`, with zeros on the diagonal, where the gaps are 0.
  static Variable overGaps(Variable x, Variable gaps) {
    Variable eye = Matrices.eye(gaps.size(-1), gaps.size(-1), gaps);
    return x.mul(eye.rsub(1)).div(gaps.add(eye));
  }
}
