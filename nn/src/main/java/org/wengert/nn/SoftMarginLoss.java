package org.wengert.nn;

import org.wengert.F;
import org.wengert.Variable;

/// `log(1 + exp(-t x))` for targets `t` of 1 and -1: logistic regression.
///
/// Immutable and thread-safe.
///
/// Source: `torch.nn.SoftMarginLoss`.
///
/// @param reduction what becomes of the elements' losses
public record SoftMarginLoss(Reduction reduction) implements Loss {
  /// The mean over all elements.
  public SoftMarginLoss() {
    this(Reduction.MEAN);
  }

  /// The loss of scores against 1 and -1.
  ///
  /// @throws org.wengert.tensor.ShapeException if the shapes differ
  @Override
  public Variable forward(Variable input, Variable target) {
    return Losses.of(this, reduction, input, r -> F.softMarginLoss(input, target, r));
  }
}
