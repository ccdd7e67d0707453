package org.wengert;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.wengert.backend.Backend;
import org.wengert.backend.Reduction;
import org.wengert.tensor.DType;
import org.wengert.tensor.Shape;
import org.wengert.tensor.ShapeException;
import org.wengert.tensor.Tensor;

/// `log Σ exp(x) - x[target]` for each row of `x`, reduced: softmax, cross entropy and mean in one.
/// Its derivative `∂L/∂x = g (softmax(x) - onehot(target))` needs neither the logarithm nor a
/// division by a small probability.
///
/// @param target checked class indices, one for each row
record CrossEntropy(Tensor target, LossReduction reduction) implements Op.Fused {
  @Override
  public String derivative(int input) {
    return reduction == LossReduction.MEAN ? "(softmax(x) - target)/n" : "softmax(x) - target";
  }

  @Override
  public Shape infer(List<Shape> xs) {
    Shape x = xs.getFirst();
    if (x.rank() != 2 || target.rank() != 1 || x.size(0) != target.size(0)) {
      throw new ShapeException("logits " + x + " meet class indices " + target.shape())
          .hint("logits are (rows, classes), class indices (rows)");
    }
    Indices.checked(target, x.size(1));
    return reduction == LossReduction.NONE ? target.shape() : Shape.SCALAR;
  }

  @Override
  public Computed compute(Backend kernels, List<Tensor> xs, Shape y) {
    Backend.RowLosses rows = kernels.crossEntropy(logits(xs), target);
    return new Computed(reduced(kernels, rows.losses()), rows.max(), rows.sum());
  }

  private static Tensor logits(List<Tensor> xs) {
    Tensor x = xs.getFirst();
    return x.to(x.dtype().toFloating());
  }

  private Tensor reduced(Backend kernels, Tensor losses) {
    return switch (reduction) {
      case NONE -> losses;
      case SUM -> kernels.reduce(Reduction.SUM, losses, Shape.SCALAR);
      case MEAN -> shared(kernels.reduce(Reduction.SUM, losses, Shape.SCALAR));
    };
  }

  /// A scalar divided by the number of rows.
  private Tensor shared(Tensor x) {
    return Tensor.full(Shape.SCALAR, x.item() / target.count(), x.dtype());
  }

  @Override
  public List<@Nullable Tensor> derivatives(Backend kernels, Past past) {
    Tensor gy = reduction == LossReduction.MEAN ? shared(past.gy()) : past.gy();
    Tensor[] saved = past.saved();
    return List.of(
        kernels.crossEntropyGradient(
            gy.expand(target.shape()), logits(past.xs()), target, saved[0], saved[1]));
  }

  @Override
  public Variable compose(List<Variable> xs) {
    Variable logP = F.logSoftmax(xs.getFirst(), 1);
    Tensor column = target.reshape(target.shape().insert(-1, 1));
    return reduction.apply(new Gather(1, column).apply(logP).reshape(target.shape()).neg());
  }

  @Override
  public String toString() {
    return "CrossEntropy[target="
        + (target.shape() + ", " + DType.INT64)
        + (", reduction=" + reduction + "]");
  }
}
