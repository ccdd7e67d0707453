package org.wengert.optim;

/// Learning rates that go straight from one part of themselves to another: the usual warm-up, in
/// [SequentialLR] before another schedule. Epoch `e` runs with
///
/// ```
/// η (startFactor + (endFactor - startFactor) min(e, totalIters) / totalIters)
/// ```
///
/// exactly; changes of the rate from outside stay. Holds state, not thread-safe. Source:
/// `torch.optim.lr_scheduler.LinearLR`.
public final class LinearLR extends FormulaScheduler {
  private final Options options;

  /// From a third of the rates to all of them in 5 epochs.
  public LinearLR(Optimizer optimizer) {
    this(optimizer, Options.defaults());
  }

  /// A schedule: `new LinearLR(optimizer, LinearLR.Options.defaults().startFactor(0.01))`.
  public LinearLR(Optimizer optimizer, Options options) {
    super(optimizer);
    this.options = options;
    begin();
  }

  @Override
  protected double learningRate(long epoch, double current, double initial) {
    if (epoch == 0) {
      return current * options.startFactor;
    }
    return epoch > options.totalIters
        ? current
        : goOn(current, initial, part(epoch - 1), part(epoch));
  }

  private double part(long epoch) {
    double share = epoch / (double) options.totalIters;
    return Annealing.LINEAR.between(options.startFactor, options.endFactor, share);
  }

  /// The options of [LinearLR], PyTorch's by default. Immutable.
  ///
  /// @param startFactor the part in epoch 0, above 0, at most 1; by default a third
  /// @param endFactor the part from epoch `totalIters` on, at least 0, at most 1; by default 1
  /// @param totalIters the number of epochs on the way, at least 1; by default 5
  public record Options(double startFactor, double endFactor, int totalIters) {
    /// Checks that every option is in its domain.
    ///
    /// @throws org.wengert.tensor.OptionException if one is not
    public Options {
      String example = "LinearLR.Options.defaults()";
      Domain.share("LinearLR", "startFactor", startFactor, example + ".startFactor(0.1)");
      boolean holds = endFactor >= 0 && endFactor <= 1;
      Domain.require(
          holds,
          "LinearLR",
          "endFactor",
          endFactor,
          "at least 0 and at most 1",
          example + ".endFactor(1)");
      String hint = "for example " + example + ".totalIters(5)";
      Domain.atLeastOne("LinearLR", "totalIters", totalIters, hint);
    }

    /// PyTorch's defaults.
    public static Options defaults() {
      return new Options(1.0 / 3, 1, 5);
    }

    /// The same with another `startFactor`: the part in epoch 0.
    public Options startFactor(double startFactor) {
      return new Options(startFactor, endFactor, totalIters);
    }

    /// The same with another `endFactor`: the part from epoch `totalIters` on.
    public Options endFactor(double endFactor) {
      return new Options(startFactor, endFactor, totalIters);
    }

    /// The same with another `totalIters`: the number of epochs on the way.
    public Options totalIters(int totalIters) {
      return new Options(startFactor, endFactor, totalIters);
    }
  }
}
