package org.wengert.optim;

import java.util.function.LongToDoubleFunction;

/// A schedule of one's own, as a factor of the rates of the epoch before. Epoch `e` runs with
///
/// ```
/// η factor(1) factor(2) ... factor(e)
/// ```
///
/// computed step by step, so that changes of the rate from outside stay. Holds state, not
/// thread-safe. Source: `torch.optim.lr_scheduler.MultiplicativeLR`.
public final class MultiplicativeLR extends FormulaScheduler {
  private final LongToDoubleFunction factor;

  /// A schedule.
  ///
  /// @param factor of the rates when an epoch begins, which counts from 1
  public MultiplicativeLR(Optimizer optimizer, LongToDoubleFunction factor) {
    super(optimizer);
    this.factor = factor;
  }

  @Override
  protected double learningRate(long epoch, double current, double initial) {
    return epoch > 0 ? current * factor.applyAsDouble(epoch) : current;
  }
}
