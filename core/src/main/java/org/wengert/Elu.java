package org.wengert;

/// `scale · x` if `x > 0`, else `scale · alpha (exp(inputScale · x) - 1)`. One function for three:
/// ELU (Clevert, Unterthiner, Hochreiter, 2016), SELU (Klambauer and others, 2017) and CELU
/// (Barron, 2017).
record Elu(double alpha, double scale, double inputScale) implements Op.Pointwise {
  @Override
  public String derivative() {
    return "s if x > 0, else s α k exp(k x)";
  }

  @Override
  public double value(double x) {
    return scale * (x <= 0 ? alpha * StrictMath.expm1(inputScale * x) : x);
  }

  @Override
  public Variable backward(Variable gy, Variable x, Variable y) {
    Variable left = F.clampMax(x.mul(inputScale), 0).exp().mul(scale * alpha * inputScale);
    return gy.mul(F.where(x.le(0), left, F.fullLike(x, scale)));
  }
}
