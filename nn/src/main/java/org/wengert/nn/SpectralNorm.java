package org.wengert.nn;

import java.util.random.RandomGenerator;
import org.wengert.Autograd;
import org.wengert.F;
import org.wengert.Variable;
import org.wengert.tensor.Shape;
import org.wengert.tensor.Tensor;

/// `W / σ(W)`: a weight divided by its largest singular value, which power iteration follows while
/// training.
final class SpectralNorm extends Watched {
  private final int axis;
  private final int iterations;
  private final double eps;
  private final Buffer u;
  private final Buffer v;

  /// For weights such as this one, whose rows `axis` numbers.
  SpectralNorm(Variable weight, int axis, int iterations, double eps, RandomGenerator random) {
    this.axis = axis;
    this.iterations = iterations;
    this.eps = eps;
    Variable rows = rows(weight);
    u = new Buffer(Tensor.randn(Shape.of(rows.size(0)), weight.dtype(), random));
    v = new Buffer(Tensor.randn(Shape.of(rows.size(1)), weight.dtype(), random));
    iterate(rows, 15);
  }

  /// PyTorch's names, `_u` and `_v`.
  @Override
  String key(String field) {
    return "_" + field;
  }

  /// The weight as a matrix.
  private Variable rows(Variable weight) {
    return F.moveDim(weight, axis, 0).reshape(weight.size(axis), -1);
  }

  @Override
  Variable compute(Variable weight) {
    Variable rows = rows(weight);
    if (isTraining()) {
      iterate(rows, iterations);
    }
    Variable left = Variable.constant(u.value());
    Variable right = Variable.constant(v.value());
    return weight.div(left.mul(F.mv(rows, right)).sum());
  }

  private void iterate(Variable rows, int count) {
    Autograd.noGrad(
        () -> {
          for (int i = 0; i < count; i++) {
            Variable right = Variable.constant(v.value());
            u.assign(F.normalize(F.mv(rows, right), 2, 0, eps).value());
            Variable left = Variable.constant(u.value());
            v.assign(F.normalize(F.mv(rows.mT(), left), 2, 0, eps).value());
          }
          return count;
        });
  }

  @Override
  protected String settings() {
    return "axis=" + axis + ", iterations=" + iterations + ", eps=" + eps;
  }
}
