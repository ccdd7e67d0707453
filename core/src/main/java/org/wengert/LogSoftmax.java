package org.wengert;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.wengert.backend.Backend;
import org.wengert.tensor.Axes;
import org.wengert.tensor.Shape;
import org.wengert.tensor.Tensor;

/// `x - log Σ exp(x)` along an axis. `∂L/∂x = g - exp(y) Σ g`, fused because a line stays
/// in the cache meanwhile: one pass over memory instead of four.
record LogSoftmax(int axis) implements Op.Fused {
  @Override
  public String derivative(int input) {
    return "I - 1 exp(y)ᵀ";
  }

  @Override
  public Shape infer(List<Shape> xs) {
    Shape x = xs.getFirst();
    Axes.normalize(axis, x.rank());
    return x;
  }

  @Override
  public Computed compute(Backend kernels, List<Tensor> xs, Shape y) {
    return new Computed(kernels.logSoftmax(xs.getFirst(), Axes.normalize(axis, y.rank())));
  }

  @Override
  public List<@Nullable Tensor> derivatives(Backend kernels, Past past) {
    int at = Axes.normalize(axis, past.y().rank());
    return List.of(kernels.logSoftmaxGradient(past.gy(), past.y(), at));
  }

  @Override
  public Variable compose(List<Variable> xs) {
    Variable x = xs.getFirst();
    return x.sub(F.logSumExp(x, true, axis));
  }
}
