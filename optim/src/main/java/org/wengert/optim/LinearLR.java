package org.wengert.optim;

/// Learning rates that go straight from one part of themselves to another: the usual warm-up, in
/// [SequentialLR] before another schedule. Epoch `e` runs with
///
/// ```
/// η (start + (end - start) min(e, totalIters) / totalIters)
/// ```
///
/// exactly; changes of the rate from outside stay. Holds state, not thread-safe. Source:
// `torch.optim.lr_scheduler.LinearLR`.
public final class LinearLR extends FormulaScheduler {
  private final double start;
  private final double end;
  private final int totalIters;

  /// From a third of the rates to all of them in 5 epochs.
  public LinearLR(Optimizer optimizer) {
    this(optimizer, 1.0 / 3, 1, 5);
  }

  /// A schedule.
  ///
  /// @param start the part in epoch 0, above 0, at most 1
  /// @param end the part from epoch `totalIters` on, at least 0, at most 1
  /// @param totalIters the number of epochs on the way, at least 1
  /// @throws org.wengert.tensor.OptionException if an argument is outside its domain
  public LinearLR(Optimizer optimizer, double start, double end, int totalIters) {
    super(optimizer);
    String example = "new LinearLR(optimizer, 0.1, 1, 5)";
    Domain.share("LinearLR", "start", start, example);
    boolean holds = end >= 0 && end <= 1;
    Domain.require(holds, "LinearLR", "end", end, "at least 0 and at most 1", example);
    Domain.atLeastOne("LinearLR", "totalIters", totalIters, "for example " + example);
    this.start = start;
    this.end = end;
    this.totalIters = totalIters;
    begin();
  }

  @Override
  protected double learningRate(long epoch, double current, double initial) {
    if (epoch == 0) {
      return current * start;
    }
    return epoch > totalIters ? current : goOn(current, initial, part(epoch - 1), part(epoch));
  }

  private double part(long epoch) {
    return Annealing.LINEAR.between(start, end, epoch / (double) totalIters);
  }
}
