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
  private final Options options;

  /// A schedule with periods of the same length that falls to 0.
  ///
  /// @throws org.wengert.tensor.OptionException if `period` is below 1
  public CosineAnnealingWarmRestarts(Optimizer optimizer, int period) {
    this(optimizer, period, Options.defaults());
  }

  /// A schedule.
  ///
  /// @param period the number of epochs up to the first restart, at least 1
  /// @throws org.wengert.tensor.OptionException if `period` is below 1
  public CosineAnnealingWarmRestarts(Optimizer optimizer, int period, Options options) {
    super(optimizer);
    String example = "for example new CosineAnnealingWarmRestarts(optimizer, 10)";
    Domain.atLeastOne("CosineAnnealingWarmRestarts", "period", period, example);
    this.period = period;
    this.options = options;
  }

  @Override
  protected double learningRate(long epoch, double current, double initial) {
    long since = options.multiplier == 1 ? epoch % period : epoch;
    double length = period;
    while (since >= length) {
      since -= (long) length;
      length *= options.multiplier;
    }
    return Annealing.COSINE.between(initial, options.least, since / length);
  }

  /// The options of [CosineAnnealingWarmRestarts], PyTorch's by default. Immutable.
  ///
  /// @param multiplier of the number of epochs from one restart to the next, at least 1; by default
  /// 1
  /// @param least `η_min`, the lowest rate, finite and at least 0; by default 0
  public record Options(int multiplier, double least) {
    /// Checks that every option is in its domain.
    ///
    /// @throws org.wengert.tensor.OptionException if one is not
    public Options {
      String owner = "CosineAnnealingWarmRestarts";
      String hint = "for example " + owner + ".Options.defaults().multiplier(2)";
      Domain.atLeastOne(owner, "multiplier", multiplier, hint);
      Domain.nonNegative(owner, "least", least, 1e-5);
    }

    /// PyTorch's defaults.
    public static Options defaults() {
      return new Options(1, 0);
    }

    /// The same with another `multiplier` of the number of epochs from one restart to the next.
    public Options multiplier(int multiplier) {
      return new Options(multiplier, least);
    }

    /// The same with another `least`: the lowest rate.
    public Options least(double least) {
      return new Options(multiplier, least);
    }
  }
}
