package org.wengert.nn;

import org.jspecify.annotations.Nullable;
import org.wengert.F;
import org.wengert.Variable;
import org.wengert.tensor.ShapeException;
import org.wengert.tensor.Tensor;

/// `w t log(1 + exp(-x)) + (1-t) log(1 + exp x)` for logits `x` and targets `t` from 0 to 1:
/// sigmoid and binary cross entropy in one, exact and finite for any logit.
///
/// Immutable and thread-safe.
///
/// Source: `torch.nn.BCEWithLogitsLoss`.
///
/// @param posWeight `w`, the weight of positive targets, of a shape that broadcasts to the input's;
///     null means 1
/// @param reduction what becomes of the elements' losses
public record BCEWithLogitsLoss(@Nullable Tensor posWeight, Reduction reduction) implements Loss {
  /// The mean over all elements, unweighted.
  public BCEWithLogitsLoss() {
    this(Reduction.MEAN);
  }

  /// Unweighted.
  public BCEWithLogitsLoss(Reduction reduction) {
    this(null, reduction);
  }

  /// This loss with positive targets weighted: more than 1 favours recall, less precision.
  public BCEWithLogitsLoss posWeight(Tensor posWeight) {
    return new BCEWithLogitsLoss(posWeight, reduction);
  }

  @Override
  public Variable forward(Variable input, Variable target) {
    Targets.requireSameShape("BCEWithLogitsLoss", input, target);
    Variable weight = posWeight == null ? null : fitting(posWeight, input);
    return F.binaryCrossEntropyWithLogits(input, target, null, weight, reduction.function());
  }

  private static Variable fitting(Tensor weight, Variable input) {
    if (!weight.shape().broadcastsTo(input.shape())) {
      throw (ShapeException)
          new ShapeException("posWeight " + weight.shape() + " does not fit input " + input.shape())
              .hint("give one weight for each class, in the last axis")
              .during("BCEWithLogitsLoss");
    }
    return Variable.constant(weight.to(input.dtype()));
  }
}
