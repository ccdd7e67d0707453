package org.wengert.optim;

import java.util.OptionalDouble;
import org.wengert.StateException;

/// One cycle over the whole training: the learning rate rises from `max/div` to `max`, then falls
/// far below where it began, while the momentum goes the other way. Large rates in the middle make
/// training fast and keep it out of narrow valleys. [#step] is called after every batch.
///
/// ```
/// initial = max/div           last = initial/finalDiv       n = totalSteps - 1
/// step 0 .. pct·totalSteps - 1       rate initial → max       momentum max → base
/// step            ..     n           rate max → last          momentum base → max
/// ```
///
/// With `threePhase`, the second phase takes as long as the first and goes back to `initial`, and
/// the rest goes from there to `last`. Each phase goes along half a cosine or a line. `max` is the
/// same for all groups, or for each the rate that it had. Holds state, not thread-safe.
///
/// Source: Smith, Topin, Super-convergence (2018); `torch.optim.lr_scheduler.OneCycleLR`.
public final class OneCycleLR extends FormulaScheduler {
  private final double max;
  private final int totalSteps;
  private final Options options;
  private final double[] ends;
  private final double[] shares;
  private final double[] momenta;

  /// A cycle with PyTorch's defaults.
  ///
  /// @throws org.wengert.tensor.OptionException if an argument is outside its domain
  public OneCycleLR(Optimizer optimizer, double maxLearningRate, int totalSteps) {
    this(optimizer, maxLearningRate, totalSteps, Options.defaults());
  }

  /// A cycle.
  ///
  /// @param maxLearningRate the highest rate of all groups, finite and at least 0
  /// @param totalSteps the number of steps of the whole training, at least 1
  /// @throws org.wengert.tensor.OptionException if an argument is outside its domain, or the
  ///     momentum is to be cycled and the optimizer has none
  public OneCycleLR(Optimizer optimizer, double maxLearningRate, int totalSteps, Options options) {
    this(optimizer, totalSteps, options, maxLearningRate);
    String example = "new OneCycleLR(optimizer, 0.1, epochs * batches)";
    Domain.factor("OneCycleLR", "maxLearningRate", maxLearningRate, example);
    begin();
  }

  /// A cycle whose highest rate is, for each group, the one that it has now.
  ///
  /// @param totalSteps the number of steps of the whole training, at least 1
  /// @throws org.wengert.tensor.OptionException if an argument is outside its domain, or the
  ///     momentum is to be cycled and the optimizer has none
  public OneCycleLR(Optimizer optimizer, int totalSteps, Options options) {
    this(optimizer, totalSteps, options, Double.NaN);
    begin();
  }

  private OneCycleLR(Optimizer optimizer, int totalSteps, Options options, double max) {
    super(optimizer);
    String hint = "give the number of all steps of the training, epochs times batches";
    Domain.atLeastOne("OneCycleLR", "totalSteps", totalSteps, hint);
    this.max = max;
    this.totalSteps = totalSteps;
    this.options = options;
    double first = 1 / options.divFactor;
    double last = first / options.finalDivFactor;
    double base = options.baseMomentum;
    double most = options.maxMomentum;
    double up = options.pctStart * totalSteps;
    if (options.threePhase) {
      ends = new double[] {up - 1, 2 * up - 2, totalSteps - 1};
      shares = new double[] {first, 1, first, last};
      momenta = new double[] {most, base, most, most};
    } else {
      ends = new double[] {up - 1, totalSteps - 1};
      shares = new double[] {first, 1, last};
      momenta = new double[] {most, base, most};
    }
  }

  @Override
  protected double learningRate(long epoch, double current, double initial) {
    if (epoch > totalSteps) {
      throw new StateException(
              "OneCycleLR.step() was called " + epoch + " times in a cycle of " + totalSteps)
          .hint("give the number of all steps of the training, epochs times batches");
    }
    return (Double.isNaN(max) ? initial : max) * at(epoch, shares);
  }

  @Override
  OptionalDouble momentum(long epoch) {
    return options.cycleMomentum ? OptionalDouble.of(at(epoch, momenta)) : OptionalDouble.empty();
  }

  private double at(long step, double[] corners) {
    int phase = 0;
    while (phase + 1 < ends.length && step > ends[phase]) {
      phase++;
    }
    double start = phase == 0 ? 0 : ends[phase - 1];
    double length = ends[phase] - start;
    double share = length > 0 ? Math.min(1, (step - start) / length) : 1;
    return options.annealing.between(corners[phase], corners[phase + 1], share);
  }

  /// The options of [OneCycleLR], PyTorch's by default. Immutable.
  ///
  /// @param pctStart share of the steps in which the rate rises; by default 0.3
  /// @param annealing how rate and momentum go from one value to the next; by default
  /// [Annealing#COSINE]
  /// @param cycleMomentum whether the momentum is changed, too; by default true
  /// @param baseMomentum momentum at the highest rate; by default 0.85
  /// @param maxMomentum momentum at the lowest rates; by default 0.95
  /// @param divFactor how many times the highest rate is the first one; by default 25
  /// @param finalDivFactor how many times the first rate is the last one; by default 1e4
  /// @param threePhase whether it falls in two phases; by default false
  public record Options(
      double pctStart,
      Annealing annealing,
      boolean cycleMomentum,
      double baseMomentum,
      double maxMomentum,
      double divFactor,
      double finalDivFactor,
      boolean threePhase) {
    /// Checks that every option is in its domain.
    ///
    /// @throws org.wengert.tensor.OptionException if one is not
    public Options {
      boolean rises = pctStart >= 0 && pctStart <= 1;
      String example = "OneCycleLR.Options.defaults().pctStart(0.3)";
      Domain.require(
          rises, "OneCycleLR", "pctStart", pctStart, "at least 0 and at most 1", example);
      Domain.decay("OneCycleLR", "baseMomentum", baseMomentum, 0.85);
      Domain.decay("OneCycleLR", "maxMomentum", maxMomentum, 0.95);
      Domain.positive("OneCycleLR", "divFactor", divFactor, 25);
      Domain.positive("OneCycleLR", "finalDivFactor", finalDivFactor, 1e4);
    }

    /// PyTorch's defaults.
    public static Options defaults() {
      return new Options(0.3, Annealing.COSINE, true, 0.85, 0.95, 25, 1e4, false);
    }

    /// The same with another `pctStart`: share of the steps in which the rate rises.
    public Options pctStart(double pctStart) {
      return new Options(
          pctStart,
          annealing,
          cycleMomentum,
          baseMomentum,
          maxMomentum,
          divFactor,
          finalDivFactor,
          threePhase);
    }

    /// The same with another `annealing`: how rate and momentum go from one value to the next.
    public Options annealing(Annealing annealing) {
      return new Options(
          pctStart,
          annealing,
          cycleMomentum,
          baseMomentum,
          maxMomentum,
          divFactor,
          finalDivFactor,
          threePhase);
    }

    /// The same with another `cycleMomentum`: whether the momentum is changed, too.
    public Options cycleMomentum(boolean cycleMomentum) {
      return new Options(
          pctStart,
          annealing,
          cycleMomentum,
          baseMomentum,
          maxMomentum,
          divFactor,
          finalDivFactor,
          threePhase);
    }

    /// The same with another `baseMomentum`: momentum at the highest rate.
    public Options baseMomentum(double baseMomentum) {
      return new Options(
          pctStart,
          annealing,
          cycleMomentum,
          baseMomentum,
          maxMomentum,
          divFactor,
          finalDivFactor,
          threePhase);
    }

    /// The same with another `maxMomentum`: momentum at the lowest rates.
    public Options maxMomentum(double maxMomentum) {
      return new Options(
          pctStart,
          annealing,
          cycleMomentum,
          baseMomentum,
          maxMomentum,
          divFactor,
          finalDivFactor,
          threePhase);
    }

    /// The same with another `divFactor`: how many times the highest rate is the first one.
    public Options divFactor(double divFactor) {
      return new Options(
          pctStart,
          annealing,
          cycleMomentum,
          baseMomentum,
          maxMomentum,
          divFactor,
          finalDivFactor,
          threePhase);
    }

    /// The same with another `finalDivFactor`: how many times the first rate is the last one.
    public Options finalDivFactor(double finalDivFactor) {
      return new Options(
          pctStart,
          annealing,
          cycleMomentum,
          baseMomentum,
          maxMomentum,
          divFactor,
          finalDivFactor,
          threePhase);
    }

    /// The same with another `threePhase`: whether it falls in two phases.
    public Options threePhase(boolean threePhase) {
      return new Options(
          pctStart,
          annealing,
          cycleMomentum,
          baseMomentum,
          maxMomentum,
          divFactor,
          finalDivFactor,
          threePhase);
    }
  }
}
