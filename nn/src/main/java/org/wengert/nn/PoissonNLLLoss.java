package org.wengert.nn;

import org.wengert.F;
import org.wengert.Variable;

/// The negative log likelihood of counts `t` under a Poisson distribution with mean `exp x`, or
/// `x`: `exp x - t x`, or `x - t log(x + eps)`.
///
/// Immutable and thread-safe.
///
/// Source: `torch.nn.PoissonNLLLoss`.
///
/// @param logInput whether the input is the logarithm of the mean
/// @param full whether Stirling's approximation of `log t!` is added for `t` above 1
/// @param eps keeps the logarithm of a mean 0 finite
/// @param reduction what becomes of the elements' losses
public record PoissonNLLLoss(boolean logInput, boolean full, double eps, Reduction reduction)
    implements Loss {
  /// The mean over all elements, of logarithms of means.
  public PoissonNLLLoss() {
    this(Reduction.MEAN);
  }

  /// With PyTorch's defaults and another reduction.
  public PoissonNLLLoss(Reduction reduction) {
    this(true, false, 1e-8, reduction);
  }

  /// This loss for inputs that are logarithms of means, or the means.
  public PoissonNLLLoss logInput(boolean logInput) {
    return new PoissonNLLLoss(logInput, full, eps, reduction);
  }

  /// This loss with or without Stirling's term.
  public PoissonNLLLoss full(boolean full) {
    return new PoissonNLLLoss(logInput, full, eps, reduction);
  }

  /// This loss with another `eps`.
  public PoissonNLLLoss eps(double eps) {
    return new PoissonNLLLoss(logInput, full, eps, reduction);
  }

  /// The loss of `input` against counts.
  ///
  /// @throws org.wengert.tensor.ShapeException if the shapes differ
  @Override
  public Variable forward(Variable input, Variable target) {
    return Losses.of(
        this, reduction, input, r -> F.poissonNllLoss(input, target, logInput, full, eps, r));
  }
}
