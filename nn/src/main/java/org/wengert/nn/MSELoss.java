package org.wengert.nn;

import org.wengert.F;
import org.wengert.Variable;

/// `(input - target)²`: the squared error. The textbooks' halves are reductions, too:
/// [Loss.Reduction#HALF_SUM] is `1/2 Σ (input - target)²`, [Loss.Reduction#HALF_MEAN] is `1/(2K) Σ
/// (input - target)²`.
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

  /// The squared error.
  ///
  /// @throws org.wengert.tensor.ShapeException if the shapes differ
  @Override
  public Variable forward(Variable input, Variable target) {
    return Losses.of(this, reduction, input, r -> F.mseLoss(input, target, r));
  }
}
