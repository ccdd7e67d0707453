package org.wengert.nn;

import org.wengert.F;
import org.wengert.Variable;

/// `|input - target|`: the absolute error, with derivative 0 where both are equal. Less moved by
/// outliers than [MSELoss].
///
/// Immutable and thread-safe.
///
/// Source: `torch.nn.L1Loss`.
///
/// @param reduction what becomes of the elements' losses
public record L1Loss(Reduction reduction) implements Loss {
  /// The mean over all elements.
  public L1Loss() {
    this(Reduction.MEAN);
  }

  /// The absolute error.
  ///
  /// @throws org.wengert.tensor.ShapeException if the shapes differ
  @Override
  public Variable forward(Variable input, Variable target) {
    return Losses.of(this, reduction, input, r -> F.l1Loss(input, target, r));
  }
}
