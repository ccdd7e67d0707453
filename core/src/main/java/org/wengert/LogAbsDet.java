package org.wengert;

import org.wengert.backend.Backend;
import org.wengert.backend.linalg.LinearAlgebraKernel;
import org.wengert.tensor.Shape;
import org.wengert.tensor.Tensor;

/// `log |det A|`, which does not overflow where the determinant does; `-∞` for a singular matrix,
/// with a gradient of `NaN`. `∂L/∂A = gy A⁻ᵀ`.
record LogAbsDet() implements Op.Unary {
  @Override
  public String formula() {
    return "log(|det(x)|)";
  }

  @Override
  public String derivative(int input) {
    return "x⁻ᵀ";
  }

  @Override
  public Shape infer(Shape x) {
    return Matrices.batch(Matrices.requireSquare(x));
  }

  @Override
  public Tensor forward(Backend kernels, Tensor x, Shape y) {
    return Matrices.map(kernels, LinearAlgebraKernel.DETERMINANT_LOG, y, x);
  }

  @Override
  public Variable backward(Variable gy, Variable x, Variable y) {
    Variable singular = Matrices.spread(y).eq(Double.NEGATIVE_INFINITY);
    Variable regular = F.where(singular, Matrices.eye(x.size(-1), x.size(-1), x), x);
    Variable inverse = new Inverse().apply(regular);
    Variable derivative = F.where(singular, F.fullLike(inverse, Double.NaN), inverse);
    return Matrices.spread(gy).mul(derivative.mT());
  }
}
