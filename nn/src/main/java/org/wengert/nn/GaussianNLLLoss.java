package org.wengert.nn;

import org.wengert.F;
import org.wengert.Variable;
import org.wengert.nn.Loss.Reduction;

/// `(log v + (input - target)² / v) / 2` with `v = max(variance, eps)`: the negative log
/// likelihood under normal distributions, for a model that knows how uncertain it is.
///
/// Immutable and thread-safe.
///
/// Source: Nix, Weigend, "Estimating the mean and variance of the target probability
/// distribution", 1994; `torch.nn.GaussianNLLLoss`.
///
/// @param full whether the constant `log(2π) / 2` is added
/// @param eps the least variance; a smaller one gets no gradient
/// @param reduction what becomes of the elements' losses
public record GaussianNLLLoss(boolean full, double eps, Reduction reduction) {
  /// The mean over all elements.
  public GaussianNLLLoss() {
    this(Reduction.MEAN);
  }

  /// With PyTorch's defaults and another reduction.
  public GaussianNLLLoss(Reduction reduction) {
    this(false, 1e-6, reduction);
  }

  /// This loss with or without its constant.
  public GaussianNLLLoss full(boolean full) {
    return new GaussianNLLLoss(full, eps, reduction);
  }

  /// This loss with another least variance.
  public GaussianNLLLoss eps(double eps) {
    return new GaussianNLLLoss(full, eps, reduction);
  }

  /// The loss of means and variances.
  ///
  /// @param variance broadcasts to the input
  /// @throws org.wengert.tensor.ShapeException if the shapes do not fit
  public Variable forward(Variable input, Variable target, Variable variance) {
    return Losses.of(
        this, reduction, input, r -> F.gaussianNllLoss(input, target, variance, full, eps, r));
  }
}
