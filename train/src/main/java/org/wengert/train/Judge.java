package org.wengert.train;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.wengert.Autograd;
import org.wengert.nn.Loss;
import org.wengert.nn.Module; // a single-type import, because there is a java.lang.Module
import org.wengert.tensor.OptionException;
import org.wengert.train.data.DataLoader;
import org.wengert.train.data.Supervised;
import org.wengert.train.metric.Metric;

/// Judges a model by samples from which it does not learn.
final class Judge<B> {
  private final Module model;
  private final DataLoader<B> loader;
  private final Scoring<B> scoring;
  private final Tally tally;

  private Judge(Module model, DataLoader<B> loader, Scoring<B> scoring, Tally tally) {
    this.model = model;
    this.loader = loader;
    this.scoring = scoring;
    this.tally = tally;
  }

  /// @param loss of the fit; null if that has an objective instead
  static <B> Judge<?> of(
      Settings.Validation<B> validation,
      Module model,
      @Nullable Loss loss,
      List<Supplier<? extends Metric>> metrics) {
    DataLoader<B> loader = required("validation loader", validation.loader());
    if (validation.objective() != null) {
      return new Judge<>(model, loader, Scoring.of(validation.objective()), new Tally(List.of()));
    }
    if (loss == null) {
      throw new OptionException("a fit by an objective has no loss for the validation batches")
          .hint("give validation(loader, objective) its own");
    }
    @SuppressWarnings("unchecked") // validation(loader) without an objective takes no others
    DataLoader<Supervised> supervised = (DataLoader<Supervised>) loader;
    return new Judge<>(model, supervised, Scoring.of(model, loss), new Tally(metrics));
  }

  /// Judges by measures that the caller keeps.
  static <B extends Supervised> Judge<B> of(
      Module model, Loss loss, DataLoader<B> loader, Metric... metrics) {
    List<Supplier<? extends Metric>> makers = new ArrayList<>();
    for (Metric metric : metrics) {
      makers.add(() -> metric);
    }
    return new Judge<>(
        model, required("loader", loader), Scoring.of(model, loss), new Tally(makers));
  }

  private static <B> DataLoader<B> required(String which, DataLoader<B> loader) {
    if (loader.batches() == 0) {
      throw Fit.empty(which, loader);
    }
    return loader;
  }

  DataLoader<B> loader() {
    return loader;
  }

  /// What it measures beside the loss.
  List<String> names() {
    return tally.names();
  }

  /// All batches; null if somebody said to stop, when nothing has changed but the loader.
  @Nullable Evaluation judge(BooleanSupplier stop) {
    Modes modes = Modes.of(model);
    model.eval();
    try {
      return Autograd.noGrad(() -> judged(stop));
    } finally {
      modes.restore();
    }
  }

  private @Nullable Evaluation judged(BooleanSupplier stop) {
    tally.reset();
    for (B batch : loader) {
      Scoring.Score score = scoring.of(batch);
      tally.add(score);
      tally.add(score.loss().item(), scoring.samples(batch));
      if (stop.getAsBoolean()) {
        return null;
      }
    }
    return new Evaluation(tally.loss(), tally.metrics());
  }
}
