package org.wengert.nn;

import org.wengert.F;
import org.wengert.Variable;

/// `t (log t - x)` for logarithms of probabilities `x` and probabilities `t`: the divergence of
/// Kullback and Leibler of the input from the target; 0 where `t` is 0. It is what mathematics
/// calls by this name with [Loss.Reduction#BATCH_MEAN]; the mean over all elements is PyTorch's
/// default.
///
/// Immutable and thread-safe.
///
/// Source: `torch.nn.KLDivLoss`.
///
/// @param logTarget whether the target holds logarithms, too
/// @param reduction what becomes of the elements' losses
public record KLDivLoss(boolean logTarget, Reduction reduction) implements Loss {
  /// The mean over all elements, of probabilities as targets.
  public KLDivLoss() {
    this(Reduction.MEAN);
  }

  /// With PyTorch's defaults and another reduction.
  public KLDivLoss(Reduction reduction) {
    this(false, reduction);
  }

  /// This loss for targets that are logarithms, or are not.
  public KLDivLoss logTarget(boolean logTarget) {
    return new KLDivLoss(logTarget, reduction);
  }

  /// The divergence of `input`, as a [LogSoftmax] gives it.
  ///
  /// @throws org.wengert.tensor.ShapeException if the shapes differ
  @Override
  public Variable forward(Variable input, Variable target) {
    return Losses.of(this, reduction, input, r -> F.klDiv(input, target, logTarget, r));
  }
}
