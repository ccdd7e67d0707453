package org.wengert.optim;

import java.util.OptionalDouble;

/// Learning rates that rise and fall between two bounds, again and again, so that none has to be
/// found exactly; the momentum goes the other way. [#step] is called after every batch.
///
/// ```
/// x = how far up step e of the cycle is, from 0 to 1 and back to 0
/// rate     = base + (max - base) x scale
/// momentum = maxMomentum - (maxMomentum - baseMomentum) x scale
/// ```
///
/// `scale` is 1, halves with every cycle, or is `γᵉ`, depending on the [Mode]. The rates that the
/// groups had are overridden. Holds state, not thread-safe.
///
/// Source: Smith, Cyclical learning rates for training neural networks (2017);
/// `torch.optim.lr_scheduler.CyclicLR`.
public final class CyclicLR extends FormulaScheduler {
  private final double base;
  private final double most;
  private final Options options;

  /// How the height of the cycles changes.
  public enum Mode {
    /// All cycles are equally high.
    TRIANGULAR,
    /// Each cycle is half as high as the one before.
    TRIANGULAR2,
    /// The height is multiplied by `γ` in every step.
    EXP_RANGE
  }

  /// Cycles with PyTorch's defaults.
  ///
  /// @throws org.wengert.tensor.OptionException if an argument is outside its domain
  public CyclicLR(Optimizer optimizer, double baseLearningRate, double maxLearningRate) {
    this(optimizer, baseLearningRate, maxLearningRate, Options.defaults());
  }

  /// Cycles.
  ///
  /// @param baseLearningRate the lowest rate of all groups, finite and at least 0
  /// @param maxLearningRate the highest rate of all groups, finite and at least 0
  /// @throws org.wengert.tensor.OptionException if an argument is outside its domain, or the
  ///     momentum is to be cycled and the optimizer has none
  public CyclicLR(
      Optimizer optimizer, double baseLearningRate, double maxLearningRate, Options options) {
    super(optimizer);
    String example = "new CyclicLR(optimizer, 0.001, 0.1)";
    Domain.factor("CyclicLR", "baseLearningRate", baseLearningRate, example);
    Domain.factor("CyclicLR", "maxLearningRate", maxLearningRate, example);
    this.base = baseLearningRate;
    this.most = maxLearningRate;
    this.options = options;
    begin();
  }

  @Override
  protected double learningRate(long epoch, double current, double initial) {
    return Annealing.LINEAR.between(base, most, height(epoch));
  }

  @Override
  OptionalDouble momentum(long epoch) {
    double high = options.maxMomentum;
    double low = options.baseMomentum;
    return options.cycleMomentum
        ? OptionalDouble.of(Annealing.LINEAR.between(high, low, height(epoch)))
        : OptionalDouble.empty();
  }

  private double height(long step) {
    long length = (long) options.stepSizeUp + options.stepSizeDown;
    long cycle = step / length;
    long since = step % length;
    double height =
        since <= options.stepSizeUp
            ? since / (double) options.stepSizeUp
            : (length - since) / (double) options.stepSizeDown;
    return switch (options.mode) {
      case TRIANGULAR -> height;
      case TRIANGULAR2 -> height * StrictMath.pow(0.5, (double) cycle);
      case EXP_RANGE -> height * StrictMath.pow(options.gamma, (double) step);
    };
  }

  /// The options of [CyclicLR], PyTorch's by default. Immutable.
  ///
  /// @param stepSizeUp the number of steps in which the rate rises; by default 2000
  /// @param stepSizeDown the number of steps in which it falls; by default 2000
  /// @param mode how the height of the cycles changes; by default [Mode#TRIANGULAR]
  /// @param gamma the factor `γ` of [Mode#EXP_RANGE]; by default 1
  /// @param cycleMomentum whether the momentum is changed, too; by default true
  /// @param baseMomentum momentum at the highest rate; by default 0.8
  /// @param maxMomentum momentum at the lowest rate; by default 0.9
  public record Options(
      int stepSizeUp,
      int stepSizeDown,
      Mode mode,
      double gamma,
      boolean cycleMomentum,
      double baseMomentum,
      double maxMomentum) {
    /// Checks that every option is in its domain.
    ///
    /// @throws org.wengert.tensor.OptionException if one is not
    public Options {
      String example = "for example CyclicLR.Options.defaults().stepSizeUp(2000)";
      Domain.atLeastOne("CyclicLR", "stepSizeUp", stepSizeUp, example);
      Domain.atLeastOne("CyclicLR", "stepSizeDown", stepSizeDown, example);
      Domain.nonNegative("CyclicLR", "gamma", gamma, 0.9999);
      Domain.decay("CyclicLR", "baseMomentum", baseMomentum, 0.8);
      Domain.decay("CyclicLR", "maxMomentum", maxMomentum, 0.9);
    }

    /// PyTorch's defaults.
    public static Options defaults() {
      return new Options(2000, 2000, Mode.TRIANGULAR, 1, true, 0.8, 0.9);
    }

    /// The same with other numbers of steps in which the rate rises and in which it falls; they
    /// may differ after [#stepSizeDown(int)].
    public Options stepSizeUp(int steps) {
      return new Options(steps, steps, mode, gamma, cycleMomentum, baseMomentum, maxMomentum);
    }

    /// The same with another `stepSizeDown`: the number of steps in which it falls.
    public Options stepSizeDown(int stepSizeDown) {
      return new Options(
          stepSizeUp, stepSizeDown, mode, gamma, cycleMomentum, baseMomentum, maxMomentum);
    }

    /// The same with another `mode`: how the height of the cycles changes.
    public Options mode(Mode mode) {
      return new Options(
          stepSizeUp, stepSizeDown, mode, gamma, cycleMomentum, baseMomentum, maxMomentum);
    }

    /// The same with another `gamma`: the factor `γ` of [Mode#EXP_RANGE].
    public Options gamma(double gamma) {
      return new Options(
          stepSizeUp, stepSizeDown, mode, gamma, cycleMomentum, baseMomentum, maxMomentum);
    }

    /// The same with another `cycleMomentum`: whether the momentum is changed, too.
    public Options cycleMomentum(boolean cycleMomentum) {
      return new Options(
          stepSizeUp, stepSizeDown, mode, gamma, cycleMomentum, baseMomentum, maxMomentum);
    }

    /// The same with another `baseMomentum`: momentum at the highest rate.
    public Options baseMomentum(double baseMomentum) {
      return new Options(
          stepSizeUp, stepSizeDown, mode, gamma, cycleMomentum, baseMomentum, maxMomentum);
    }

    /// The same with another `maxMomentum`: momentum at the lowest rate.
    public Options maxMomentum(double maxMomentum) {
      return new Options(
          stepSizeUp, stepSizeDown, mode, gamma, cycleMomentum, baseMomentum, maxMomentum);
    }
  }
}
