package org.wengert.optim;

import java.util.function.LongToDoubleFunction;

/// A schedule of one's own, as a factor of the initial learning rates. Epoch `e` runs with
///
/// ```
/// η factor(e)
/// ```
///
/// so changes from outside are overridden. Holds state, not thread-safe.
///
/// Source: `torch.optim.lr_scheduler.LambdaLR`.
public final class LambdaLR extends FormulaScheduler {
  private final LongToDoubleFunction factor;

  /// A schedule.
  ///
  /// @param factor of the initial rates in an epoch, which counts from 0
  /// @throws org.wengert.tensor.OptionException if a rate is negative, infinite or not a number
  public LambdaLR(Optimizer optimizer, LongToDoubleFunction factor) {
    super(optimizer);
    this.factor = factor;
    begin();
  }

  @Override
  protected double learningRate(long epoch, double current, double initial) {
    return initial * factor.applyAsDouble(epoch);
  }
}
