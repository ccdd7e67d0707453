package org.wengert.nn;

import org.wengert.F;
import org.wengert.Variable;

/// `|input - target|`: the mean absolute error, which outliers disturb little. Its derivative is 0
/// where the two are equal.
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

  @Override
  public Variable forward(Variable input, Variable target) {
    Targets.requireSameShape("L1Loss", input, target);
    return F.l1Loss(input, target, reduction.function());
  }
}
