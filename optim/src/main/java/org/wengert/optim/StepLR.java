package org.wengert.optim;

/// Multiplies the learning rates by `γ` every `stepSize` epochs, so that training first moves and
/// then settles. Epoch `e` runs with
///
/// ```
/// η γ^⌊e / stepSize⌋
/// ```
///
/// computed step by step, so that changes of the rate from outside stay. Holds state, not
/// thread-safe.
///
/// Source: `torch.optim.lr_scheduler.StepLR`. (The class of this name in PyTorch's C++ library
/// decays one epoch later: it counts its first `step()` as epoch 0.)
public final class StepLR extends FormulaScheduler {
  private final int stepSize;
  private final double gamma;

  /// A schedule with `γ = 0.1`.
  ///
  /// @throws org.wengert.tensor.OptionException if `stepSize` is below 1
  public StepLR(Optimizer optimizer, int stepSize) {
    this(optimizer, stepSize, 0.1);
  }

  /// A schedule.
  ///
  /// @param stepSize the number of epochs with the same rate, at least 1
  /// @param gamma the factor `γ`, finite and at least 0
  /// @throws org.wengert.tensor.OptionException if an argument is outside its domain
  public StepLR(Optimizer optimizer, int stepSize, double gamma) {
    super(optimizer);
    String hint = "give the number of epochs between two changes";
    Domain.atLeastOne("StepLR", "stepSize", stepSize, hint);
    Domain.factor("StepLR", "gamma", gamma, "new StepLR(optimizer, " + stepSize + ", 0.1)");
    this.stepSize = stepSize;
    this.gamma = gamma;
  }

  @Override
  protected double learningRate(long epoch, double current, double initial) {
    return epoch > 0 && epoch % stepSize == 0 ? current * gamma : current;
  }
}
