package org.wengert.optim;

/// Learning rates that fall along half a cosine: long near the first rate, long near the last one.
/// Epoch `e` runs with
///
/// ```
/// η_min + (η - η_min) (1 + cos(π e / T)) / 2
/// ```
///
/// exactly, which rises again after epoch `T`; changes of the rate from outside stay. Holds state,
/// not thread-safe.
///
/// Source: Loshchilov, Hutter, SGDR: stochastic gradient descent with warm restarts (2017), here
/// without the restarts; `torch.optim.lr_scheduler.CosineAnnealingLR`.
public final class CosineAnnealingLR extends FormulaScheduler {
  private final int period;
  private final double least;

  /// A schedule that falls to 0.
  ///
  /// @throws org.wengert.tensor.OptionException if `period` is below 1
  public CosineAnnealingLR(Optimizer optimizer, int period) {
    this(optimizer, period, 0);
  }

  /// A schedule.
  ///
  /// @param period `T`, the epoch with the lowest rate, at least 1
  /// @param least `η_min`, the lowest rate, finite and at least 0
  /// @throws org.wengert.tensor.OptionException if an argument is outside its domain
  public CosineAnnealingLR(Optimizer optimizer, int period, double least) {
    super(optimizer);
    String example = "new CosineAnnealingLR(optimizer, 100, 1e-5)";
    Domain.atLeastOne("CosineAnnealingLR", "period", period, "for example " + example);
    Domain.factor("CosineAnnealingLR", "least", least, example);
    this.period = period;
    this.least = least;
  }

  @Override
  protected double learningRate(long epoch, double current, double initial) {
    if (epoch == 0) {
      return current;
    }
    if (current == formula(epoch - 1, initial)) {
      return formula(epoch, initial);
    }
    if ((epoch - 1 - period) % (2L * period)
        == 0) { // the factor would be 0/0: start again from η_min
      return current + (initial - least) * (1 - StrictMath.cos(Math.PI / period)) / 2;
    }
    return least + (current - least) * height(epoch) / height(epoch - 1);
  }

  private double formula(long epoch, double initial) {
    return Annealing.COSINE.between(initial, least, epoch / (double) period);
  }

  private double height(long epoch) {
    return 1 + StrictMath.cos(Math.PI * epoch / period);
  }
}
