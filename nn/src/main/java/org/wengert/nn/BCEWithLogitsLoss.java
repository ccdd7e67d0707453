package org.wengert.nn;

import org.jspecify.annotations.Nullable;
import org.wengert.F;
import org.wengert.Variable;
import org.wengert.tensor.Tensor;

/// `w (v t log(1 + exp(-x)) + (1-t) log(1 + exp x))` for logits `x` and targets `t` from 0 to 1:
/// sigmoid and binary cross entropy in one, exact and finite for any logit.
///
/// Immutable and thread-safe.
///
/// Source: `torch.nn.BCEWithLogitsLoss`.
///
/// @param weight `w`, of a shape that broadcasts to the input's; null means 1
/// @param posWeight `v`, the weight of positive targets, of a shape that broadcasts to the
///     input's; null means 1
/// @param reduction what becomes of the elements' losses
public record BCEWithLogitsLoss(
    @Nullable Tensor weight, @Nullable Tensor posWeight, Reduction reduction) implements Loss {
  /// The mean over all elements, unweighted.
  public BCEWithLogitsLoss() {
    this(Reduction.MEAN);
  }

  /// With PyTorch's defaults and another reduction.
  public BCEWithLogitsLoss(Reduction reduction) {
    this(null, null, reduction);
  }

  /// This loss with a weight for each element.
  public BCEWithLogitsLoss weight(Tensor weight) {
    return new BCEWithLogitsLoss(weight, posWeight, reduction);
  }

  /// This loss with positive targets weighted: more than 1 favours recall, less precision.
  public BCEWithLogitsLoss posWeight(Tensor posWeight) {
    return new BCEWithLogitsLoss(weight, posWeight, reduction);
  }

  /// The loss of logits `input`.
  ///
  /// @throws org.wengert.tensor.ShapeException if the shapes differ or a weight does not fit
  @Override
  public Variable forward(Variable input, Variable target) {
    return Losses.of(
        this,
        reduction,
        input,
        r ->
            F.binaryCrossEntropyWithLogits(
                input,
                target,
                Losses.constant(weight, input),
                Losses.constant(posWeight, input),
                r));
  }
}
