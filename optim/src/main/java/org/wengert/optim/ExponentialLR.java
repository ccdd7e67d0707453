package org.wengert.optim;

/// Multiplies the learning rates by `γ` in every epoch: a slow-down without corners. Epoch `e` runs
/// with
///
/// ```
/// η γᵉ
/// ```
///
/// computed step by step, so that changes of the rate from outside stay. Holds state, not
/// thread-safe. Source: `torch.optim.lr_scheduler.ExponentialLR`.
public final class ExponentialLR extends FormulaScheduler {
  private final double gamma;

  /// A schedule.
  ///
  /// @param gamma the factor `γ`, finite and at least 0
  /// @throws org.wengert.tensor.OptionException if it is outside its domain
  public ExponentialLR(Optimizer optimizer, double gamma) {
    super(optimizer);
    Domain.factor("ExponentialLR", "gamma", gamma, "new ExponentialLR(optimizer, 0.95)");
    this.gamma = gamma;
  }

  @Override
  protected double learningRate(long epoch, double current, double initial) {
    return epoch > 0 ? current * gamma : current;
  }
}
