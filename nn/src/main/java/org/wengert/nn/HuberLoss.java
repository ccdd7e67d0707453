package org.wengert.nn;

import org.wengert.F;
import org.wengert.Variable;

/// With `d = |input - target|`: `d² / 2` up to `delta`, then the line `delta (d - delta / 2)`: an
/// [MSELoss] for small errors, an [L1Loss] for outliers.
///
/// Immutable and thread-safe.
///
/// Source: Huber, "Robust estimation of a location parameter", 1964; `torch.nn.HuberLoss`.
///
/// @param delta where the parabola becomes a line, more than 0
/// @param reduction what becomes of the elements' losses
public record HuberLoss(double delta, Reduction reduction) implements Loss {
  /// The mean over all elements, with `delta = 1`.
  public HuberLoss() {
    this(Reduction.MEAN);
  }

  /// With PyTorch's defaults and another reduction.
  public HuberLoss(Reduction reduction) {
    this(1, reduction);
  }

  /// This loss with another place where the parabola becomes a line.
  public HuberLoss delta(double delta) {
    return new HuberLoss(delta, reduction);
  }

  /// The loss of `input` against `target`.
  ///
  /// @throws org.wengert.tensor.ShapeException if the shapes differ
  /// @throws org.wengert.tensor.OptionException if `delta` is not positive
  @Override
  public Variable forward(Variable input, Variable target) {
    return Losses.of(this, reduction, input, r -> F.huberLoss(input, target, delta, r));
  }
}
