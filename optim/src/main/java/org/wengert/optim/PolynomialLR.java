package org.wengert.optim;

/// Learning rates that fall to 0 along a power of the time that is left. Epoch `e` runs with
///
/// ```
/// η (1 - min(e, totalIters) / totalIters)^power
/// ```
///
/// exactly; changes of the rate from outside stay. Holds state, not thread-safe. Source:
/// `torch.optim.lr_scheduler.PolynomialLR`.
public final class PolynomialLR extends FormulaScheduler {
  private final double totalIters;
  private final double power;

  /// A straight line to 0 in 5 epochs.
  public PolynomialLR(Optimizer optimizer) {
    this(optimizer, 5, 1);
  }

  /// A schedule.
  ///
  /// @param totalIters the epoch that runs with 0, at least 1
  /// @param power 1 for a straight line; finite and at least 0
  /// @throws org.wengert.tensor.OptionException if an argument is outside its domain
  public PolynomialLR(Optimizer optimizer, int totalIters, double power) {
    super(optimizer);
    String example = "new PolynomialLR(optimizer, 100, 2)";
    Domain.atLeastOne("PolynomialLR", "totalIters", totalIters, "for example " + example);
    Domain.factor("PolynomialLR", "power", power, example);
    this.totalIters = totalIters;
    this.power = power;
  }

  @Override
  protected double learningRate(long epoch, double current, double initial) {
    if (epoch == 0 || epoch > totalIters) {
      return current;
    }
    return goOn(current, initial, part(epoch - 1), part(epoch));
  }

  private double part(long epoch) {
    return StrictMath.pow(1 - epoch / totalIters, power);
  }
}
