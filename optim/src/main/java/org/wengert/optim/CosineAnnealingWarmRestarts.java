package org.wengert.optim;

/// Learning rates that fall along half a cosine and jump back, again and again, so that training
/// can leave a poor valley. Epoch `e` of a period of `T` epochs runs with
///
/// ```
/// η_min + (η - η_min) (1 + cos(π e / T)) / 2
/// ```
///
/// and each period is `multiplier` times as long as the one before. Computed from the initial
/// rates: changes from outside are overridden. Holds state, not thread-safe.
///
/// Source: Loshchilov, Hutter, SGDR: stochastic gradient descent with warm restarts (2017);
/// `torch.optim.lr_scheduler.CosineAnnealingWarmRestarts`.
public final class CosineAnnealingWarmRestarts extends FormulaScheduler {
  private final int period;
  private final int multiplier;
  private final double least;

  /// A schedule with periods of the same length that falls to 0.
  ///
  /// @throws org.wengert.tensor.OptionException if `period` is below 1
  public CosineAnnealingWarmRestarts(Optimizer optimizer, int period) {
    this(optimizer, period, 1, 0);
  }

  /// A schedule.
  ///
  /// @param period the number of epochs up to the first restart, at least 1
  /// @param multiplier of the number of epochs from one restart to the next, at least 1
  /// @param least `η_min`, the lowest rate, finite and at least 0
  /// @throws org.wengert.tensor.OptionException if an argument is outside its domain
  public CosineAnnealingWarmRestarts(
      Optimizer optimizer, int period, int multiplier, double least) {
    super(optimizer);
    String owner = "CosineAnnealingWarmRestarts";
    String example = "new CosineAnnealingWarmRestarts(optimizer, 10, 2, 1e-5)";
    Domain.atLeastOne(owner, "period", period, "for example " + example);
    Domain.atLeastOne(owner, "multiplier", multiplier, "for example " + example);
    Domain.factor(owner, "least", least, example);
    this.period = period;
    this.multiplier = multiplier;
    this.least = least;
  }

  @Override
  protected double learningRate(long epoch, double current, double initial) {
    long since = multiplier == 1 ? epoch % period : epoch;
    double length = period;
    while (since >= length) {
      since -= (long) length;
      length *= multiplier;
    }
    return Annealing.COSINE.between(initial, least, since / length);
  }
}
