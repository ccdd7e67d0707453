package org.wengert;

import org.wengert.backend.Backend;
import org.wengert.backend.linalg.LinearAlgebraKernel;
import org.wengert.tensor.Shape;
import org.wengert.tensor.ShapeException;
import org.wengert.tensor.Tensor;

/// The `Q` of `A = Q R`, for matrices that are not wider than high and have full rank.
///
/// With `R = Qᵀ A` and `M = -Gᵀ Q`, `∂L/∂A = (G + Q C) R⁻ᵀ`, where `C` is `M` with its lower
/// triangle copied over the upper one. The columns that complete a basis have no derivative.
///
/// @param complete whether `Q` is square rather than of the shape of `A`
record OrthogonalFactor(boolean complete) implements Op.Unary {
  @Override
  public String formula() {
    return "Q of x = Q R";
  }

  @Override
  public String derivative(int input) {
    return "y Ω, Ω skew, from yᵀ dx R⁻¹";
  }

  @Override
  public String label() {
    return "qr";
  }

  @Override
  public boolean isDifferentiable() {
    return !complete;
  }

  @Override
  public Shape infer(Shape x) {
    Matrices.requireMatrix(x);
    if (x.size(-1) > x.size(-2)) {
      throw new ShapeException(
              x.size(-1) + " columns cannot be orthogonal in " + x.size(-2) + " rows")
          .hint("F.qr takes wide matrices, too");
    }
    return complete ? x.with(-1, x.size(-2)) : x;
  }

  @Override
  public Tensor forward(Backend kernels, Tensor x, Shape y) {
    LinearAlgebraKernel q =
        complete ? LinearAlgebraKernel.ORTHOGONAL_COMPLETE : LinearAlgebraKernel.ORTHOGONAL;
    return Matrices.map(kernels, q, y, x);
  }

  @Override
  public Variable backward(Variable gy, Variable x, Variable y) {
    Variable m = gy.mT().matMul(y).neg();
    int n = m.size(-1);
    Variable below = m.mul(Matrices.pattern(n, n, m, (i, j) -> i > j ? 1 : 0));
    Variable copied = below.mT().add(Matrices.lower(m));
    Variable gradient = gy.add(y.matMul(copied));
    Variable r = y.mT().matMul(x);
    return new SolveTriangular(true).apply(r, gradient.mT()).mT();
  }
}
