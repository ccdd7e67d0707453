package org.wengert;

import org.wengert.backend.Special;

/// `log(1 + exp(beta x))/beta`, and `x` itself where `beta x` exceeds the threshold.
record Softplus(double beta, double threshold) implements Op.Pointwise {
  @Override
  public String derivative() {
    return "σ(β x), 1 beyond the threshold";
  }

  @Override
  public double value(double x) {
    return x * beta > threshold ? x : Special.softplus(x * beta) / beta;
  }

  @Override
  public Variable backward(Variable gy, Variable x, Variable y) {
    Variable z = x.mul(beta);
    return F.where(z.gt(threshold), gy, gy.mul(z.sigmoid()));
  }
}
