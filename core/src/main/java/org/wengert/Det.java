package org.wengert;

import org.wengert.backend.Backend;
import org.wengert.backend.linalg.LinearAlgebraKernel;
import org.wengert.tensor.Shape;
import org.wengert.tensor.Tensor;

/// Determinants. `∂L/∂A = gy det(A) A⁻ᵀ`, and zeros where the determinant is 0, as in libtorch:
/// there the formula has no value, and the true derivative is that of the adjugate.
record Det() implements Op.Unary {
  @Override
  public String derivative(int input) {
    return "y x⁻ᵀ";
  }

  @Override
  public Shape infer(Shape x) {
    return Matrices.batch(Matrices.requireSquare(x));
  }

  @Override
  public Tensor forward(Backend kernels, Tensor x, Shape y) {
    return Matrices.map(kernels, LinearAlgebraKernel.DETERMINANT, y, x);
  }

  @Override
  public Variable backward(Variable gy, Variable x, Variable y) {
    Variable singular = Matrices.spread(y).eq(0);
    Variable regular = F.where(singular, Matrices.eye(x.size(-1), x.size(-1), x), x);
    return Matrices.spread(gy.mul(y)).mul(new Inverse().apply(regular).mT());
  }
}
