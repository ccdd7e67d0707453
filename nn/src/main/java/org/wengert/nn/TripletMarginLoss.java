package org.wengert.nn;

import org.wengert.F;
import org.wengert.Variable;
import org.wengert.nn.Loss.Reduction;

/// `max(0, d(anchor, positive) - d(anchor, negative) + margin)` with the p-norm of the difference
/// as the distance `d`, along the last axis: pulls what is alike together and pushes the rest
/// away. For other distances see [TripletMarginWithDistanceLoss].
///
/// Immutable and thread-safe.
///
/// Source: Schroff, Kalenichenko, Philbin, "FaceNet", CVPR 2015; `torch.nn.TripletMarginLoss`.
///
/// @param margin how much farther the negative has to be
/// @param p the norm
/// @param eps added to each difference
/// @param swap whether the positive's distance to the negative counts if it is smaller
/// @param reduction what becomes of the samples' losses
public record TripletMarginLoss(
    double margin, double p, double eps, boolean swap, Reduction reduction) {
  /// The mean over all samples, with margin 1 and the Euclidean norm.
  public TripletMarginLoss() {
    this(Reduction.MEAN);
  }

  /// With PyTorch's defaults and another reduction.
  public TripletMarginLoss(Reduction reduction) {
    this(1, 2, 1e-6, false, reduction);
  }

  /// This loss with another margin.
  public TripletMarginLoss margin(double margin) {
    return new TripletMarginLoss(margin, p, eps, swap, reduction);
  }

  /// This loss with another norm.
  public TripletMarginLoss p(double p) {
    return new TripletMarginLoss(margin, p, eps, swap, reduction);
  }

  /// This loss with another `eps`.
  public TripletMarginLoss eps(double eps) {
    return new TripletMarginLoss(margin, p, eps, swap, reduction);
  }

  /// This loss with or without the positive's distance to the negative.
  public TripletMarginLoss swap(boolean swap) {
    return new TripletMarginLoss(margin, p, eps, swap, reduction);
  }

  /// The loss of three vectors, or three rows of them.
  ///
  /// @throws org.wengert.tensor.ShapeException if the shapes differ
  public Variable forward(Variable anchor, Variable positive, Variable negative) {
    return Losses.of(
        this,
        reduction,
        anchor,
        r -> F.tripletMarginLoss(anchor, positive, negative, margin, p, eps, swap, r));
  }
}
