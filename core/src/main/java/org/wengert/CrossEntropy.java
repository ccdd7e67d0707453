package org.wengert;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.wengert.backend.Backend;
import org.wengert.tensor.DType;
import org.wengert.tensor.Shape;
import org.wengert.tensor.ShapeException;
import org.wengert.tensor.Tensor;

/// `log Σ exp(x) - x[target]` for each row of `x`: softmax and cross entropy in one. Its derivative
/// `∂L/∂x = g (softmax(x) - onehot(target))` needs neither the logarithm nor a division by a small
/// probability.
///
/// @param target checked class indices, one for each row
record CrossEntropy(Tensor target) implements Op.Fused {
  @Override
  public Shape infer(List<Shape> xs) {
    Shape x = xs.getFirst();
    if (x.rank() != 2 || target.rank() != 1 || x.size(0) != target.size(0)) {
      throw new ShapeException("logits " + x + " meet class indices " + target.shape())
          .hint("logits are (rows, classes), class indices (rows)");
    }
    Indices.checked(target, x.size(1));
    return target.shape();
  }

  private Tensor column() {
    return target.reshape(target.shape().insert(-1, 1));
  }

  @Override
  public Computed compute(Backend kernels, List<Tensor> xs, Shape y) {
    Tensor picked = kernels.gather(kernels.logSoftmax(xs.getFirst(), 1), 1, column());
    return new Computed(Elementary.NEG.forward(kernels, picked.reshape(y), y));
  }

  @Override
  public List<@Nullable Tensor> derivatives(Backend kernels, Past past) {
    Tensor x = past.xs().getFirst();
    Tensor weight = past.gy().reshape(column().shape());
    Tensor slope = Arithmetic.MUL.forward(kernels, kernels.softmax(x, 1), weight, x.shape());
    Tensor negated = Elementary.NEG.forward(kernels, weight, weight.shape());
    kernels.accumulate(slope, kernels.scatterAdd(negated, 1, column(), x.shape()));
    return List.of(slope);
  }

  @Override
  public Variable compose(List<Variable> xs) {
    Variable logits = xs.getFirst();
    return new Gather(1, column()).apply(F.logSoftmax(logits, 1)).reshape(target.shape()).neg();
  }

  @Override
  public String toString() {
    return "CrossEntropy[target=" + target.shape() + ", " + DType.INT64 + "]";
  }
}
