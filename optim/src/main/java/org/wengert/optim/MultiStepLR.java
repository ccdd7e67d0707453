package org.wengert.optim;

import java.util.List;

/// Multiplies the learning rates by `γ` at each milestone, where training is known to stall. Epoch
/// `e` runs with
///
/// ```
/// η γ^n,   n = the number of milestones up to e
/// ```
///
/// computed step by step, so that changes of the rate from outside stay. Holds state, not
/// thread-safe. Source: `torch.optim.lr_scheduler.MultiStepLR`.
public final class MultiStepLR extends FormulaScheduler {
  private final List<Integer> milestones;
  private final double gamma;

  /// A schedule with `γ = 0.1`.
  ///
  /// @throws org.wengert.tensor.OptionException if the milestones do not rise from 1
  public MultiStepLR(Optimizer optimizer, List<Integer> milestones) {
    this(optimizer, milestones, 0.1);
  }

  /// A schedule.
  ///
  /// @param milestones the epochs that begin with a lower rate, rising, each at least 1
  /// @param gamma the factor `γ`, finite and at least 0
  /// @throws org.wengert.tensor.OptionException if an argument is outside its domain
  public MultiStepLR(Optimizer optimizer, List<Integer> milestones, double gamma) {
    super(optimizer);
    Domain.milestones("MultiStepLR", milestones);
    Domain.factor("MultiStepLR", "gamma", gamma, "new MultiStepLR(optimizer, milestones, 0.1)");
    this.milestones = List.copyOf(milestones);
    this.gamma = gamma;
  }

  @Override
  protected double learningRate(long epoch, double current, double initial) {
    return milestones.stream().anyMatch(m -> m == epoch) ? current * gamma : current;
  }
}
