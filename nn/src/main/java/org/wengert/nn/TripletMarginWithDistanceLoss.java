package org.wengert.nn;

import java.util.function.BinaryOperator;
import org.wengert.F;
import org.wengert.Variable;
import org.wengert.nn.Loss.Reduction;

/// `max(0, d(anchor, positive) - d(anchor, negative) + margin)` with any distance `d`: a
/// [TripletMarginLoss] for other than norms, such as one minus the cosine.
///
/// Immutable and thread-safe, if the distance is.
///
/// Source: `torch.nn.TripletMarginWithDistanceLoss`.
///
/// @param distance one number for each pair of its operands
/// @param margin how much farther the negative has to be
/// @param swap whether the positive's distance to the negative counts if it is smaller
/// @param reduction what becomes of the samples' losses
public record TripletMarginWithDistanceLoss(
    BinaryOperator<Variable> distance, double margin, boolean swap, Reduction reduction) {
  /// The mean over all samples, with margin 1 and the Euclidean distance.
  public TripletMarginWithDistanceLoss() {
    this((a, b) -> F.pairwiseDistance(a, b, 2, 1e-6, false));
  }

  /// The mean over all samples, with margin 1.
  public TripletMarginWithDistanceLoss(BinaryOperator<Variable> distance) {
    this(distance, 1, false, Reduction.MEAN);
  }

  /// This loss with another margin.
  public TripletMarginWithDistanceLoss margin(double margin) {
    return new TripletMarginWithDistanceLoss(distance, margin, swap, reduction);
  }

  /// This loss with or without the positive's distance to the negative.
  public TripletMarginWithDistanceLoss swap(boolean swap) {
    return new TripletMarginWithDistanceLoss(distance, margin, swap, reduction);
  }

  /// This loss with another reduction.
  public TripletMarginWithDistanceLoss reduction(Reduction reduction) {
    return new TripletMarginWithDistanceLoss(distance, margin, swap, reduction);
  }

  /// The loss of three vectors, or three rows of them.
  ///
  /// @throws org.wengert.tensor.ShapeException if the distance does not take their shapes
  public Variable forward(Variable anchor, Variable positive, Variable negative) {
    return Losses.of(this, reduction, anchor, r -> r.apply(each(anchor, positive, negative)));
  }

  private Variable each(Variable anchor, Variable positive, Variable negative) {
    Variable far = distance.apply(anchor, negative);
    Variable farther = swap ? F.minimum(far, distance.apply(positive, negative)) : far;
    return F.clampMin(distance.apply(anchor, positive).sub(farther).add(margin), 0);
  }
}
