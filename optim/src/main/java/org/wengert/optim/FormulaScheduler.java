package org.wengert.optim;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/// A schedule that is one formula, [#learningRate(long, double, double)]: all but the formula is
/// here. Holds state, as every [LearningRateScheduler]; not thread-safe.
///
/// ```
/// final class Warmup extends FormulaScheduler {
///   Warmup(Optimizer optimizer) {
///     super(optimizer);
///     begin();
///   }
///
///   @Override
///   protected double learningRate(long epoch, double current, double initial) {
///     return initial * Math.min(1, (epoch + 1) / 10.0);
///   }
/// }
/// ```
public abstract non-sealed class FormulaScheduler extends LearningRateScheduler {

  /// A schedule that begins now, with epoch 0 and the optimizer's present learning rates.
  protected FormulaScheduler(Optimizer optimizer) {
    super(optimizer);
  }

  /// The learning rate of a group in an epoch. A schedule that multiplies `current` keeps changes
  /// made from outside, and can be chained; one that starts from `initial` overrides them.
  ///
  /// @param epoch the epoch about to begin: 0, or the one after that of the call before
  /// @param current the rate of the epoch before
  /// @param initial the rate with which the group began
  protected abstract double learningRate(long epoch, double current, double initial);

  /// The learning rate of group number `group`, for schedules that treat groups differently.
  double learningRate(int group, long epoch, double current, double initial) {
    return learningRate(epoch, current, initial);
  }

  /// The rate that follows `current` where a schedule goes from the part `before` of the initial
  /// rate to the part `now`: exactly that part if `current` is what the schedule left; otherwise
  /// somebody else has changed it, and it changes by the same factor. Products of factors alone
  /// would add up rounding errors, and end beside 0, or below it.
  static double goOn(double current, double initial, double before, double now) {
    return current == initial * before ? initial * now : current * (now / before);
  }

  /// The momentum of all groups in an epoch; nothing if it stays as it is.
  OptionalDouble momentum(long epoch) {
    return OptionalDouble.empty();
  }

  /// Sets the rates of epoch 0, for schedules that do not begin with the optimizer's own, such as a
  /// warm-up. Called once, at the end of a constructor.
  protected final void begin() {
    enter(0);
    hasBegun();
  }

  /// Sets rates and momenta after all of them have been found possible, so that a schedule that
  /// fails leaves none of them changed.
  @Override
  final void enter(long epoch) {
    Optimizer optimizer = optimizer();
    OptionalDouble momentum = momentum(epoch);
    List<Double> rates = new ArrayList<>();
    for (int g = 0; g < initial().size(); g++) {
      double rate = learningRate(g, epoch, optimizer.learningRate(g), initial().get(g));
      rates.add(optimizer.groups().get(g).options().learningRate(rate).learningRate());
      if (momentum.isPresent()) {
        optimizer.momentum(g); // there must be one
      }
    }
    for (int g = 0; g < rates.size(); g++) {
      optimizer.learningRate(g, rates.get(g));
      if (momentum.isPresent()) {
        optimizer.momentum(g, momentum.getAsDouble());
      }
    }
  }
}
