package org.wengert.train;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.wengert.nn.Loss;
import org.wengert.nn.Module; // a single-type import, because there is a java.lang.Module
import org.wengert.optim.Optimizer;
import org.wengert.tensor.OptionException;
import org.wengert.tensor.Rng;
import org.wengert.train.data.DataLoader;
import org.wengert.train.data.Supervised;

/// Finds a learning rate to begin with: a short training whose rate grows from step to step, from
/// one at which nothing happens to one at which the loss explodes.
///
/// ```
/// LearningRateCurve curve =
///     LearningRateFinder.defaults().find(model, new CrossEntropyLoss(), optimizer, loader);
/// optimizer.learningRates(curve.suggestion());
/// ```
///
/// Step `i` of `n` has the rate `least · (largest / least)^(i / (n-1))`. It ends early when the
/// smoothed loss, see [LearningRateCurve], is more than `explosion` times its least, or not finite.
/// Afterwards the model, its generators, the optimizer, the loader and the thread's generator are
/// as they were, to the bit.
///
/// Source: Smith, "Cyclical learning rates for training neural networks" (2017), as in fastai.
///
/// @param least the first rate, above 0
/// @param largest the last rate, above the first
/// @param steps how many, at least 10
/// @param smoothing the share that each loss leaves to those before it, in `[0, 1)`
/// @param explosion how many times its least the loss may be, above 1
public record LearningRateFinder(
    double least, double largest, int steps, double smoothing, double explosion) {
  /// Checks the numbers.
  ///
  /// @throws OptionException if one is outside its domain
  public LearningRateFinder {
    require(least > 0 && largest > least && Double.isFinite(largest), "least", least, "0 < least");
    require(steps >= 10, "steps", steps, "at least 10");
    require(smoothing >= 0 && smoothing < 1, "smoothing", smoothing, "at least 0, below 1");
    require(explosion > 1, "explosion", explosion, "above 1");
  }

  private static void require(boolean holds, String name, double value, String domain) {
    if (!holds) {
      throw new OptionException(name + " is " + value).hint("take " + domain);
    }
  }

  /// From 1e-7 to 10 in 100 steps, smoothed by 0.9, until the loss is 4 times its least.
  public static LearningRateFinder defaults() {
    return new LearningRateFinder(1e-7, 10, 100, 0.9, 4);
  }

  /// Between other rates.
  public LearningRateFinder between(double least, double largest) {
    return new LearningRateFinder(least, largest, steps, smoothing, explosion);
  }

  /// With another number of steps.
  public LearningRateFinder steps(int steps) {
    return new LearningRateFinder(least, largest, steps, smoothing, explosion);
  }

  /// With another smoothing.
  public LearningRateFinder smoothing(double smoothing) {
    return new LearningRateFinder(least, largest, steps, smoothing, explosion);
  }

  /// The curve for a model that learns to give the targets of batches.
  ///
  /// @throws OptionException if the loader has no batch
  public <B extends Supervised> LearningRateCurve find(
      Module model, Loss loss, Optimizer optimizer, DataLoader<B> loader) {
    return find(new Fit.Parts<>(model, optimizer, loader, Scoring.of(model, loss)));
  }

  /// The curve for a model that makes an objective small.
  ///
  /// @throws OptionException if the loader has no batch
  public <B> LearningRateCurve find(
      Module model, Objective<B> objective, Optimizer optimizer, DataLoader<B> loader) {
    return find(new Fit.Parts<>(model, optimizer, loader, Scoring.of(objective)));
  }

  private <B> LearningRateCurve find(Fit.Parts<B> parts) {
    if (parts.loader().batches() == 0) {
      throw Fit.empty("loader", parts.loader());
    }
    Module model = parts.model();
    Modes modes = Modes.of(model);
    Snapshot before =
        new Snapshot(List.of(model, model.generators(), parts.optimizer(), Rng.current()));
    try {
      model.train();
      return sweep(parts);
    } finally {
      before.restore();
      parts.optimizer().zeroGrad();
      modes.restore();
    }
  }

  private <B> LearningRateCurve sweep(Fit.Parts<B> parts) {
    Stepper<B> stepper =
        Stepper.of(parts.model(), parts.optimizer(), parts.scoring(), Double.NaN, Double.NaN);
    List<Double> rates = new ArrayList<>();
    List<Double> losses = new ArrayList<>();
    DataLoader<B> loader = parts.loader().copy();
    Iterator<B> batches = loader.iterator();
    Smoothed smoothed = new Smoothed(smoothing);
    double best = Double.POSITIVE_INFINITY;
    for (int i = 0; i < steps; i++) {
      double rate = least * StrictMath.pow(largest / least, (double) i / (steps - 1));
      parts.optimizer().learningRates(rate);
      batches = batches.hasNext() ? batches : loader.iterator();
      double loss = loss(stepper, batches.next());
      double smooth = smoothed.next(loss);
      if (Double.isNaN(loss)) {
        break;
      }
      rates.add(rate);
      losses.add(loss);
      if (smooth > explosion * best) {
        break;
      }
      best = Math.min(best, smooth);
    }
    return LearningRateCurve.of(rates, losses, smoothing);
  }

  /// The loss before a step; `NaN` if it is not finite.
  private static <B> double loss(Stepper<B> stepper, B batch) {
    try {
      return stepper.step(List.of(batch), new Tally(List.of())).loss();
    } catch (Stepper.NotFinite e) {
      return Double.NaN;
    }
  }
}
