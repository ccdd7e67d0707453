package org.wengert;

import org.wengert.backend.Backend;
import org.wengert.backend.linalg.LinearAlgebraKernel;
import org.wengert.tensor.Shape;
import org.wengert.tensor.Tensor;

/// The Moore-Penrose inverse `P = A⁺`, with singular values up to `tolerance` times the largest
/// taken as 0.
///
/// `∂L/∂A = -Pᵀ G Pᵀ + (1 - A P) Gᵀ P Pᵀ + Pᵀ P Gᵀ (1 - P A)`, wherever the rank does not change.
record Pinverse(double tolerance) implements Op.Unary {
  @Override
  public String formula() {
    return "x⁺";
  }

  @Override
  public String derivative(int input) {
    return "-yᵀ ⊗ y where the range stays";
  }

  @Override
  public Shape infer(Shape x) {
    Matrices.requireMatrix(x);
    return x.with(-1, x.size(-2)).with(-2, x.size(-1));
  }

  @Override
  public Tensor forward(Backend kernels, Tensor x, Shape y) {
    Shape one = x.shape().with(-1, 1).with(-2, 1);
    Tensor limit = Tensor.full(Shape.SCALAR, tolerance, x.dtype()).expand(one);
    return Matrices.map(kernels, LinearAlgebraKernel.PSEUDO_INVERSE, y, x, limit);
  }

  @Override
  public Variable backward(Variable gy, Variable x, Variable y) {
    Variable gt = gy.mT();
    Variable gradient = y.mT().matMul(gy).matMul(y.mT()).neg();
    Variable left = gt.sub(x.matMul(y.matMul(gt))).matMul(y).matMul(y.mT());
    Variable right = y.mT().matMul(y).matMul(gt.sub(gt.matMul(y).matMul(x)));
    return gradient.add(left).add(right);
  }
}
