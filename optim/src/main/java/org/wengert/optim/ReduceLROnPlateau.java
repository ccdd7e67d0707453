package org.wengert.optim;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.wengert.StateCheck;
import org.wengert.tensor.DType;
import org.wengert.tensor.Shape;
import org.wengert.tensor.Stateful;
import org.wengert.tensor.Tensor;

/// Lowers the learning rates when a measurement, such as the validation loss, has stopped getting
/// better: turn down late, and when validation stalls. Called with it after every epoch:
///
/// ```
/// ReduceLROnPlateau schedule = new ReduceLROnPlateau(optimizer);
/// for (int epoch = 0; epoch < epochs; epoch++) {
///   train();
///   schedule.step(validationLoss());
/// }
/// ```
///
/// A measurement `x` is better than the best one `b` so far if
///
/// ```
/// x < b (1 - threshold)   or   x < b - threshold        (relative or absolute, to minimize)
/// x > b (1 + threshold)   or   x > b + threshold        (to maximize)
/// ```
///
/// More than `patience` epochs in a row that are not better, those of a cooldown not counted, lead
/// to `η ← max(factor η, least)`, unless that changes `η` by no more than `eps`, and to a cooldown.
/// A measurement that is not a number is not better. Holds state: the best measurement and the
/// counts; not thread-safe.
///
/// Source: `torch.optim.lr_scheduler.ReduceLROnPlateau`. (The class of PyTorch's C++ library
/// compares with `b · threshold` where an absolute threshold is to be maximized.)
public final class ReduceLROnPlateau implements Stateful {
  private static final String EPOCH = "lastEpoch";
  private static final String BAD = "numBadEpochs";
  private static final String COOLDOWN = "cooldownCounter";
  private static final String BEST = "best";

  private final Optimizer optimizer;
  private final Options options;
  private double best;
  private long badEpochs;
  private long cooldown;
  private long lastEpoch;

  /// A schedule with PyTorch's defaults.
  public ReduceLROnPlateau(Optimizer optimizer) {
    this(optimizer, Options.defaults());
  }

  /// A schedule.
  public ReduceLROnPlateau(Optimizer optimizer, Options options) {
    this.optimizer = optimizer;
    this.options = options;
    best = options.maximize ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
  }

  /// Takes the measurement of an epoch, and lowers the rates if it is time.
  public void step(double measurement) {
    lastEpoch++;
    badEpochs++;
    if (isBetter(measurement)) {
      best = measurement;
      badEpochs = 0;
    }
    if (cooldown > 0) {
      cooldown--;
      badEpochs = 0;
    }
    if (badEpochs > options.patience) {
      reduce();
      cooldown = options.cooldown;
      badEpochs = 0;
    }
  }

  private boolean isBetter(double measurement) {
    double margin = options.threshold * (options.relative ? best : 1);
    if (Double.isInfinite(best)) {
      margin = 0;
    }
    return options.maximize ? measurement > best + margin : measurement < best - margin;
  }

  private void reduce() {
    for (int g = 0; g < optimizer.groups().size(); g++) {
      double current = optimizer.learningRate(g);
      double lower = Math.max(current * options.factor, options.least);
      if (current - lower > options.eps) {
        optimizer.learningRate(g, lower);
      }
    }
  }

  /// The options.
  public Options options() {
    return options;
  }

  /// How often [#step] was called.
  public long lastEpoch() {
    return lastEpoch;
  }

  /// The present learning rate of each group.
  public List<Double> learningRates() {
    return LearningRateScheduler.rates(optimizer);
  }

  /// The best measurement and the counts. The present rates are in the optimizer's state, the
  /// options in the program.
  @Override
  @SuppressWarnings("NonApiType") // the type promises an order and lets callers change it
  public LinkedHashMap<String, Tensor> stateDict() {
    LinkedHashMap<String, Tensor> state = new LinkedHashMap<>();
    state.put(EPOCH, Tensor.of(lastEpoch));
    state.put(BAD, Tensor.of(badEpochs));
    state.put(COOLDOWN, Tensor.of(cooldown));
    state.put(BEST, Tensor.of(best));
    return state;
  }

  /// Restores what [#stateDict] gave, without touching the optimizer, whose own state is to be
  /// loaded too. Everything is checked before anything is changed.
  ///
  /// @throws org.wengert.StateException if an entry is missing, unexpected, or of another shape or
  ///     type; the message lists them all
  @Override
  public void loadStateDict(Map<String, Tensor> state) {
    StateCheck check =
        new StateCheck("ReduceLROnPlateau.loadStateDict", state, GroupedOptimizer.STATE_HINT);
    List.of(EPOCH, BAD, COOLDOWN).forEach(check::expectCount);
    check.expect(BEST, DType.FLOAT64, Shape.SCALAR);
    check.throwIfWrong(true);
    lastEpoch = StateCheck.require(state, EPOCH).longAt();
    badEpochs = StateCheck.require(state, BAD).longAt();
    cooldown = StateCheck.require(state, COOLDOWN).longAt();
    best = StateCheck.require(state, BEST).item();
  }

  /// The options of [ReduceLROnPlateau], PyTorch's by default. Immutable.
  ///
  /// @param maximize whether more is better, as with an accuracy; by default false
  /// @param factor of the rates; at least 0, below 1; by default 0.1
  /// @param patience how many epochs in a row may be no better; by default 10
  /// @param threshold by how much a measurement must be better; by default 1e-4
  /// @param relative whether the threshold is a share of the best measurement; by default true
  /// @param cooldown how many epochs after a change are not counted; by default 0
  /// @param least rate below which no group goes, `min_lr`; by default 0
  /// @param eps change of a rate that is not worth making; by default 1e-8
  public record Options(
      boolean maximize,
      double factor,
      int patience,
      double threshold,
      boolean relative,
      int cooldown,
      double least,
      double eps) {
    /// Checks that every option is in its domain.
    ///
    /// @throws org.wengert.tensor.OptionException if one is not
    public Options {
      Domain.decay("ReduceLROnPlateau", "factor", factor, 0.1);
      Domain.nonNegative("ReduceLROnPlateau", "patience", patience, 10);
      Domain.nonNegative("ReduceLROnPlateau", "threshold", threshold, 1e-4);
      Domain.nonNegative("ReduceLROnPlateau", "cooldown", cooldown, 0);
      Domain.nonNegative("ReduceLROnPlateau", "least", least, 1e-6);
      Domain.nonNegative("ReduceLROnPlateau", "eps", eps, 1e-8);
    }

    /// PyTorch's defaults.
    public static Options defaults() {
      return new Options(false, 0.1, 10, 1e-4, true, 0, 0, 1e-8);
    }

    /// The same with another `maximize`: whether more is better, as with an accuracy.
    public Options maximize(boolean maximize) {
      return new Options(maximize, factor, patience, threshold, relative, cooldown, least, eps);
    }

    /// The same with another `factor`: of the rates; at least 0, below 1.
    public Options factor(double factor) {
      return new Options(maximize, factor, patience, threshold, relative, cooldown, least, eps);
    }

    /// The same with another `patience`: how many epochs in a row may be no better.
    public Options patience(int patience) {
      return new Options(maximize, factor, patience, threshold, relative, cooldown, least, eps);
    }

    /// The same with another `threshold`: by how much a measurement must be better.
    public Options threshold(double threshold) {
      return new Options(maximize, factor, patience, threshold, relative, cooldown, least, eps);
    }

    /// The same with another `relative`: whether the threshold is a share of the best measurement.
    public Options relative(boolean relative) {
      return new Options(maximize, factor, patience, threshold, relative, cooldown, least, eps);
    }

    /// The same with another `cooldown`: how many epochs after a change are not counted.
    public Options cooldown(int cooldown) {
      return new Options(maximize, factor, patience, threshold, relative, cooldown, least, eps);
    }

    /// The same with another `least`: rate below which no group goes, `min_lr`.
    public Options least(double least) {
      return new Options(maximize, factor, patience, threshold, relative, cooldown, least, eps);
    }

    /// The same with another `eps`: change of a rate that is not worth making.
    public Options eps(double eps) {
      return new Options(maximize, factor, patience, threshold, relative, cooldown, least, eps);
    }
  }
}
