package org.wengert;

import org.wengert.backend.Backend;
import org.wengert.backend.ScalarFunction;
import org.wengert.backend.Special;
import org.wengert.tensor.Shape;
import org.wengert.tensor.Tensor;

/// `x` to a fixed power. Small whole powers are products and halves are roots, which is faster and
/// differs at the edges, as in PyTorch: `(-∞)^½` is `NaN`, `(-0)^-½` is `-∞`.
record Power(double exponent) implements Op.Pointwise {
  @Override
  public String derivative() {
    return "b x^(b - 1)";
  }

  @Override
  public double value(double x) {
    return Special.pow(x, exponent);
  }

  @Override
  public Tensor forward(Backend kernels, Tensor x, Shape y) {
    return kernels.map(function(), x);
  }

  private ScalarFunction function() {
    if (exponent == 2) {
      return v -> v * v;
    }
    if (exponent == 3) {
      return v -> v * v * v;
    }
    if (exponent == 0.5) {
      return Math::sqrt;
    }
    if (exponent == -0.5) {
      return v -> 1 / Math.sqrt(v);
    }
    if (exponent == -1) {
      return v -> 1 / v;
    }
    return exponent == -2 ? v -> 1 / (v * v) : this;
  }

  @Override
  public Variable backward(Variable gy, Variable x, Variable y) {
    return exponent == 0 ? F.zerosLike(x) : gy.mul(x.pow(exponent - 1).mul(exponent));
  }
}
