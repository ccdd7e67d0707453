package org.wengert.optim;

/// Only a part of the learning rates for the first epochs, a warm-up in one step. Epoch `e` runs
/// with
///
/// ```
/// η factor   if e < totalIters,   else η
/// ```
///
/// exactly; changes of the rate from outside stay. Holds state, not thread-safe. Source:
/// `torch.optim.lr_scheduler.ConstantLR`.
public final class ConstantLR extends FormulaScheduler {
  private final double factor;
  private final int totalIters;

  /// A third of the rates for 5 epochs.
  public ConstantLR(Optimizer optimizer) {
    this(optimizer, 1.0 / 3, 5);
  }

  /// A schedule.
  ///
  /// @param factor above 0, at most 1
  /// @param totalIters the number of epochs with the lower rate, at least 1
  /// @throws org.wengert.tensor.OptionException if an argument is outside its domain
  public ConstantLR(Optimizer optimizer, double factor, int totalIters) {
    super(optimizer);
    String example = "new ConstantLR(optimizer, 0.3, 5)";
    Domain.share("ConstantLR", "factor", factor, example);
    Domain.atLeastOne("ConstantLR", "totalIters", totalIters, "for example " + example);
    this.factor = factor;
    this.totalIters = totalIters;
    begin();
  }

  @Override
  protected double learningRate(long epoch, double current, double initial) {
    if (epoch == 0) {
      return current * factor;
    }
    return epoch == totalIters ? goOn(current, initial, factor, 1) : current;
  }
}
