package org.wengert.nn;

import org.wengert.F;
import org.wengert.Variable;

/// With `d = |input - target|`: `d² / (2 beta)` below `beta`, then the line `d - beta / 2`.
/// [HuberLoss] is `beta` times as much.
///
/// Immutable and thread-safe.
///
/// Source: Girshick, "Fast R-CNN", ICCV 2015; `torch.nn.SmoothL1Loss`.
///
/// @param beta where the parabola becomes a line, 0 or more
/// @param reduction what becomes of the elements' losses
public record SmoothL1Loss(double beta, Reduction reduction) implements Loss {
  /// The mean over all elements, with `beta = 1`.
  public SmoothL1Loss() {
    this(Reduction.MEAN);
  }

  /// With PyTorch's defaults and another reduction.
  public SmoothL1Loss(Reduction reduction) {
    this(1, reduction);
  }

  /// This loss with another place where the parabola becomes a line.
  public SmoothL1Loss beta(double beta) {
    return new SmoothL1Loss(beta, reduction);
  }

  /// The loss of `input` against `target`.
  ///
  /// @throws org.wengert.tensor.ShapeException if the shapes differ
  /// @throws org.wengert.tensor.OptionException if `beta` is negative
  @Override
  public Variable forward(Variable input, Variable target) {
    return Losses.of(this, reduction, input, r -> F.smoothL1Loss(input, target, beta, r));
  }
}
