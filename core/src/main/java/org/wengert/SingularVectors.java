package org.wengert;

import org.wengert.backend.Backend;
import org.wengert.backend.linalg.LinearAlgebraKernel;
import org.wengert.tensor.Shape;
import org.wengert.tensor.Tensor;

/// The singular vectors of `A = U diag(σ) Vᵀ` as columns, `U` above `V` in one matrix, because
/// their signs belong together: the element of largest magnitude of each column of `U` is positive.
///
/// With `E` the matrix of `1/(σⱼ² - σᵢ²)` and zeros on the diagonal, and `skew X = X - Xᵀ`,
/// `∂L/∂A = U [(skew(Uᵀ Gᵤ) ∘ E) Σ + Σ (skew(Vᵀ Gᵥ) ∘ E)] Vᵀ + (1 - U Uᵀ) Gᵤ Σ⁻¹ Vᵀ
/// + U Σ⁻¹ Gᵥᵀ (1 - V Vᵀ)`: infinite where singular values are equal, since the vectors jump there.
record SingularVectors() implements Op.Unary {
  @Override
  public String derivative(int input) {
    return "Σ w (uᵀ dx v σ + μ wᵀ dx z)/(σ² - μ²) over the other pairs w, z";
  }

  @Override
  public String label() {
    return "svd";
  }

  @Override
  public Shape infer(Shape x) {
    Matrices.requireMatrix(x);
    int rows = x.size(-2);
    int columns = x.size(-1);
    return x.with(-2, rows + columns).with(-1, Math.min(rows, columns));
  }

  @Override
  public Tensor forward(Backend kernels, Tensor x, Shape y) {
    return Matrices.map(kernels, LinearAlgebraKernel.SINGULAR_VECTORS, y, x);
  }

  @Override
  public Variable backward(Variable gy, Variable x, Variable y) {
    int rows = x.size(-2);
    int columns = x.size(-1);
    Variable u = y.slice(-2, 0, rows);
    Variable v = y.slice(-2, rows, rows + columns);
    Variable gu = gy.slice(-2, 0, rows);
    Variable gv = gy.slice(-2, rows, rows + columns);
    Variable values = new SingularValues().apply(x);
    Variable row = Matrices.alongColumns(values);
    Variable column = Matrices.alongRows(values);
    Variable gaps = row.sub(column).mul(row.add(column));
    Variable left = Eigenvectors.overGaps(Matrices.skew(u.mT().matMul(gu)), gaps).mul(row);
    Variable right = Eigenvectors.overGaps(Matrices.skew(v.mT().matMul(gv)), gaps).mul(column);
    Variable gradient = u.matMul(left.add(right)).matMul(v.mT());
    if (rows > columns) {
      gradient = gradient.add(outside(gu, u).div(row).matMul(v.mT()));
    } else if (columns > rows) {
      gradient = gradient.add(u.matMul(outside(gv, v).div(row).mT()));
    }
    return gradient;
  }

  /// The part of `g` outside the space that the columns of `q` span.
  private static Variable outside(Variable g, Variable q) {
    return g.sub(q.matMul(q.mT().matMul(g)));
  }
}
