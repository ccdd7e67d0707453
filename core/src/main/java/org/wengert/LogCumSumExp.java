package org.wengert;

import org.wengert.backend.Backend;
import org.wengert.tensor.Axes;
import org.wengert.tensor.IndexRange;
import org.wengert.tensor.Shape;
import org.wengert.tensor.Tensor;

/// `log Σ exp x[j]` over all `j <= i` along an axis, without overflow.
///
/// `∂L/∂x[i] = exp(x[i] - y[i]) h[i]` with `h[i] = g[i] + exp(y[i] - y[i+1]) h[i+1]`, which is
/// `Σ g[j] exp(x[i] - y[j])` without a number that could overflow, since `y` never falls. It is 0
/// where `x[i]` is -∞, also at the beginning, where `y[i]` is -∞ as well.
record LogCumSumExp(int axis) implements Op.Unary {
  @Override
  public String formula() {
    return "log(cumsum(exp(x)))";
  }

  @Override
  public String derivative(int input) {
    return "exp(x - y) up to its place, else 0";
  }

  @Override
  public String label() {
    return "logCumSumExp";
  }

  @Override
  public Shape infer(Shape x) {
    Check.hasAxes(x);
    Axes.normalize(axis, x.rank());
    return x;
  }

  @Override
  public Tensor forward(Backend kernels, Tensor x, Shape y) {
    return kernels.logCumSumExp(x, axis);
  }

  @Override
  public Variable backward(Variable gy, Variable x, Variable y) {
    Variable h = Recurrence.along(axis, y.size(axis), true).apply(decay(y, 0), gy);
    return ratio(x, y).mul(h);
  }

  @Override
  public Variable tangent(int input, Variable dx, Step step) {
    Variable own = ratio(step.input(0), step).mul(dx);
    return Recurrence.along(axis, step.size(axis), false).apply(decay(step, 1), own);
  }

  /// `exp(a - b)`, and 0 where `a` is -∞, whatever `b` is.
  private static Variable ratio(Variable a, Variable b) {
    return F.where(a.eq(Double.NEGATIVE_INFINITY), a, a.sub(b)).exp();
  }

  /// `exp(y[i] - y[i+1])`, the first of them at place `from`.
  private Variable decay(Variable y, int from) {
    int at = Axes.normalize(axis, y.rank());
    int size = y.size(at);
    if (size == 0) {
      return y;
    }
    Variable fall = ratio(y.slice(at, 0, size - 1), y.slice(at, 1, size));
    return new Embed(at, new IndexRange(from, size - 1, 1), y.shape()).apply(fall);
  }
}
