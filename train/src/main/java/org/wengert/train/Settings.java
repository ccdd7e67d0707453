package org.wengert.train;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.wengert.optim.LearningRateScheduler;
import org.wengert.optim.ReduceLROnPlateau;
import org.wengert.optim.WeightAverage;
import org.wengert.tensor.OptionException;
import org.wengert.train.data.DataLoader;
import org.wengert.train.metric.Metric;

/// What a [Trainer] was told. Each change makes a copy, which nobody changes afterwards.
final class Settings implements Cloneable {
  int epochs = 10;
  @Nullable Validation<?> validation;
  List<Supplier<? extends Metric>> metrics = List.of();
  List<LearningRateScheduler> everyEpoch = List.of();
  List<LearningRateScheduler> everyStep = List.of();
  @Nullable ReduceLROnPlateau plateau;
  double clipNorm = Double.NaN;
  double clipValue = Double.NaN;
  int accumulate = 1;
  Goal goal = Goal.loss();
  @Nullable EarlyStopping earlyStopping;
  @Nullable WeightAverage average;
  @Nullable Path folder;
  int checkpointEvery;
  boolean resume;
  String howToResume = "fit again with resume(true) and the same folder";
  @Nullable Long seed;
  List<Callback> callbacks = List.of();
  Consumer<String> messages = System.err::println;
  BooleanSupplier stopWhen = () -> false;

  /// Batches to judge a model by.
  ///
  /// @param objective null if that of the fit is meant
  record Validation<B>(DataLoader<B> loader, @Nullable Objective<B> objective) {}

  Settings with(Consumer<Settings> change) {
    try {
      Settings copy = (Settings) clone();
      change.accept(copy);
      return copy;
    } catch (CloneNotSupportedException e) {
      throw new AssertionError(e);
    }
  }

  /// Checks that the goal is one of `metrics` or the loss, and that the schedule which waits for a
  /// plateau has the same one.
  void requireGoal(List<String> metrics) {
    List<String> known = new ArrayList<>(List.of("loss"));
    known.addAll(metrics);
    if (!known.contains(goal.measure())) {
      throw new OptionException("the goal '" + goal.measure() + "' is not among " + known)
          .hint("name the loss or a metric of this trainer");
    }
    if (plateau != null && plateau.options().maximize() != goal.maximize()) {
      String way = goal.maximize() ? "maximized" : "minimized";
      throw new OptionException(
              "'%s' is to be %s, but the schedule of onPlateau waits for the opposite"
                  .formatted(goal.measure(), way))
          .hint(
              "make it with ReduceLROnPlateau.Options.defaults().maximize(%s)"
                  .formatted(goal.maximize()));
    }
  }
}
