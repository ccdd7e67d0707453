package org.wengert.nn;

import org.wengert.F;
import org.wengert.Variable;

/// `(input - target)²`: the mean squared error, which punishes large errors most.
///
/// Immutable and thread-safe.
///
/// Source: `torch.nn.MSELoss`.
///
/// @param reduction what becomes of the elements' losses
public record MSELoss(Reduction reduction) implements Loss {
  /// The mean over all elements.
  public MSELoss() {
    this(Reduction.MEAN);
  }

  @Override
  public Variable forward(Variable input, Variable target) {
    Targets.requireSameShape("MSELoss", input, target);
    return F.mseLoss(input, target, reduction.function());
  }
}
