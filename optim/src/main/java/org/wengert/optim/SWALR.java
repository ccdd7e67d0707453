package org.wengert.optim;

/// Learning rates that go over to one constant rate, with which weights are then averaged (see
/// [WeightAverage]). From epoch `anneal` on that rate; before, epoch `e` runs with
///
/// ```
/// swa a + η (1 - a),   a = e / anneal, or (1 - cos(π e / anneal)) / 2
/// ```
///
/// computed step by step, so that changes of the rate from outside stay. Holds state, not
/// thread-safe.
///
/// Source: Izmailov et al., Averaging weights leads to wider optima and better generalization
/// (2018); `torch.optim.swa_utils.SWALR`.
public final class SWALR extends FormulaScheduler {
  private final double rate;
  private final int anneal;
  private final Annealing annealing;

  /// A schedule that gets there in 10 epochs, along half a cosine.
  ///
  /// @throws org.wengert.tensor.OptionException if the rate is outside its domain
  public SWALR(Optimizer optimizer, double rate) {
    this(optimizer, rate, 10, Annealing.COSINE);
  }

  /// A schedule.
  ///
  /// @param rate the last rate of all groups, finite and at least 0
  /// @param anneal the number of epochs up to there, at least 1
  /// @param annealing how to get there
  /// @throws org.wengert.tensor.OptionException if an argument is outside its domain
  public SWALR(Optimizer optimizer, double rate, int anneal, Annealing annealing) {
    super(optimizer);
    String example = "new SWALR(optimizer, 0.05, 10, Annealing.COSINE)";
    Domain.factor("SWALR", "rate", rate, example);
    Domain.atLeastOne("SWALR", "anneal", anneal, "for example " + example);
    this.rate = rate;
    this.anneal = anneal;
    this.annealing = annealing;
  }

  @Override
  protected double learningRate(long epoch, double current, double initial) {
    double before = share(epoch - 1);
    if (before == 1) {
      return rate;
    }
    double beginning = (current - rate * before) / (1 - before);
    double share = share(epoch);
    return rate * share + beginning * (1 - share);
  }

  private double share(long epoch) {
    return annealing.between(0, 1, Math.clamp(epoch / (double) anneal, 0.0, 1.0));
  }
}
