package org.wengert.nn;

import org.wengert.F;
import org.wengert.Variable;
import org.wengert.nn.Loss.Reduction;

/// `max(0, -t (a - b) + margin)`: `a` should be larger where the target is 1, smaller where it is
/// -1.
///
/// Immutable and thread-safe.
///
/// Source: `torch.nn.MarginRankingLoss`.
///
/// @param margin how much larger is enough
/// @param reduction what becomes of the elements' losses
public record MarginRankingLoss(double margin, Reduction reduction) {
  /// The mean over all elements, without a margin.
  public MarginRankingLoss() {
    this(Reduction.MEAN);
  }

  /// With PyTorch's defaults and another reduction.
  public MarginRankingLoss(Reduction reduction) {
    this(0, reduction);
  }

  /// This loss with another margin.
  public MarginRankingLoss margin(double margin) {
    return new MarginRankingLoss(margin, reduction);
  }

  /// The loss of two rows of scores.
  ///
  /// @throws org.wengert.tensor.ShapeException if the shapes differ
  public Variable forward(Variable a, Variable b, Variable target) {
    return Losses.of(this, reduction, a, r -> F.marginRankingLoss(a, b, target, margin, r));
  }
}
