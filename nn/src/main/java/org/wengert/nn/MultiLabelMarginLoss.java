package org.wengert.nn;

import org.wengert.F;
import org.wengert.Variable;

/// `Σ max(0, 1 - (x[t] - x[c])) / C` over all target classes `t` and all other classes `c`: the
/// hinge loss where several classes are right.
///
/// Immutable and thread-safe.
///
/// Source: `torch.nn.MultiLabelMarginLoss`.
///
/// @param reduction what becomes of the samples' losses
public record MultiLabelMarginLoss(Reduction reduction) implements Loss {
  /// The mean over all samples.
  public MultiLabelMarginLoss() {
    this(Reduction.MEAN);
  }

  /// The loss of scores `(samples, classes)`, or `(classes)`, against integers of that shape: the
  /// target classes of each sample, then -1.
  ///
  /// @throws org.wengert.tensor.ShapeException if the shapes differ, or a class does not exist
  @Override
  public Variable forward(Variable input, Variable target) {
    return Losses.of(this, reduction, input, r -> F.multiLabelMarginLoss(input, target, r));
  }
}
