package org.wengert.train;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.wengert.Parameter;
import org.wengert.StateException;
import org.wengert.nn.Module; // a single-type import, because there is a java.lang.Module
import org.wengert.optim.LearningRateScheduler;
import org.wengert.optim.Optimizer;
import org.wengert.tensor.OptionException;
import org.wengert.tensor.Rng;
import org.wengert.tensor.Stateful;
import org.wengert.train.data.DataLoader;

/// One fit of a [Trainer]. Holds state: where it stands.
final class Fit<B> {
  private final Parts<B> parts;
  private final Settings settings;
  private final @Nullable Judge<?> judge;
  private final Stepper<B> stepper;
  private final Tally tally;
  private final Standing standing;
  private final Records records;
  private final Keeper keeper;
  private @Nullable Interruption interruption;
  private @Nullable String stopped;
  private boolean warned;

  /// What a fit is of.
  record Parts<B>(Module model, Optimizer optimizer, DataLoader<B> loader, Scoring<B> scoring) {}

  Fit(Parts<B> parts, Settings settings, @Nullable Judge<?> judge) {
    this.parts = parts;
    this.settings = settings;
    this.judge = judge;
    if (parts.loader.batches() == 0) {
      throw empty("loader", parts.loader);
    }
    tally = new Tally(settings.metrics);
    if (!settings.metrics.isEmpty() && !parts.scoring.hasOutputs()) {
      throw new OptionException("metrics " + tally.names() + " for a fit by an objective")
          .hint("metrics need outputs and targets: fit with a Loss and Supervised batches");
    }
    settings.requireGoal(judge == null ? tally.names() : judge.names());
    stepper =
        Stepper.of(
            parts.model, parts.optimizer, parts.scoring, settings.clipNorm, settings.clipValue);
    standing = new Standing(settings.accumulate, settings.seed, rates());
    records = new Records(tally.names(), judge == null ? List.of() : judge.names());
    keeper = new Keeper(parts.model, settings, state(), others());
  }

  static OptionException empty(String which, DataLoader<?> loader) {
    return new OptionException(
            "the %s has no batch: %d samples, batches of %d"
                .formatted(which, loader.size(), loader.options().batchSize()))
        .hint("give it samples; with dropLast there must be enough for one batch");
  }

  private List<Double> rates() {
    List<Double> rates = new ArrayList<>();
    for (int g = 0; g < parts.optimizer.groups().size(); g++) {
      rates.add(parts.optimizer.learningRate(g));
    }
    return rates;
  }

  private SequencedMap<String, Stateful> state() {
    SequencedMap<String, Stateful> state = new LinkedHashMap<>();
    state.put("optimizer", parts.optimizer);
    state.put("loader", parts.loader);
    state.put("standing", standing);
    state.put("tally", tally);
    state.put("records", records);
    return state;
  }

  /// What else is saved, in this order.
  private List<Stateful> others() {
    List<Stateful> others = new ArrayList<>(tally.parts());
    others.addAll(settings.everyEpoch);
    others.addAll(settings.everyStep);
    if (settings.plateau != null) {
      others.add(settings.plateau);
    }
    if (settings.average != null) {
      others.add(settings.average);
    }
    if (judge != null) {
      others.add(judge.loader());
    }
    for (Callback callback : settings.callbacks) {
      if (callback instanceof Stateful stateful) {
        others.add(stateful);
      }
    }
    return others;
  }

  /// Trains until there is a reason to end.
  History run() {
    Modes modes = Modes.of(parts.model);
    try (Interruption watch = settings.folder == null ? null : Interruption.watch()) {
      interruption = watch;
      if (!parts.model.isTraining()) {
        parts.model.train();
      }
      begin();
      String end = end();
      while (end == null) {
        epoch();
        end = end();
      }
      return finish(end);
    } catch (RuntimeException | Error failure) {
      tellOf(failure);
      throw failure;
    } finally {
      modes.restore();
    }
  }

  private void tellOf(Throwable failure) {
    for (Callback callback : settings.callbacks) {
      if (callback instanceof Callback.AfterFailure told) {
        try {
          told.afterFailure(failure);
        } catch (RuntimeException e) {
          failure.addSuppressed(e);
        }
      }
    }
  }

  private void begin() {
    if (settings.resume && keeper.hasLast()) {
      goOn();
    } else {
      if (settings.seed != null) {
        Rng.seed(settings.seed);
      }
      if (parts.loader.taken() > 0) {
        parts.loader.endEpoch(); // of a loop that was left: the first epoch is a whole one
      }
      keeper.begin();
    }
    Plan plan =
        new Plan(
            parts.model,
            parts.optimizer,
            settings.epochs,
            parts.loader.batches(),
            standing.step,
            records.history(""));
    tell(Callback.BeforeFit.class, callback -> callback.beforeFit(plan));
  }

  private void goOn() {
    List<Double> given = standing.rates();
    keeper.load(standing);
    settings.messages.accept(
        "goes on after step %,d, %d of %d epochs done, from %s"
            .formatted(standing.step, standing.epochs, settings.epochs, keeper.last()));
    if (!given.equals(standing.rates())) {
      settings.messages.accept(
          "this training began with a learning rate of %s and goes on from that, not from %s; to"
                  .formatted(words(standing.rates()), words(given))
              + " change it, set plan.optimizer().learningRates(..) in a Callback.BeforeFit");
    }
  }

  private static String words(List<Double> rates) {
    return rates.size() == 1 ? rates.getFirst().toString() : rates.toString();
  }

  private <C extends Callback> void tell(Class<C> kind, Consumer<C> moment) {
    settings.callbacks.stream().filter(kind::isInstance).map(kind::cast).forEach(moment);
  }

  /// Why not to go on; null if there is no reason.
  private @Nullable String end() {
    EarlyStopping stopping = settings.earlyStopping;
    if (stopped != null) {
      return stopped;
    }
    if (standing.epochs >= settings.epochs) {
      return standing.epochs + " epochs done";
    }
    if (stopping == null || standing.stalled < stopping.patience()) {
      return null;
    }
    return standing.bestEpoch == 0
        ? "no better for %d epochs: '%s' was never a number"
            .formatted(standing.stalled, settings.goal.measure())
        : "no better for %d epochs; the best was %d"
            .formatted(standing.stalled, standing.bestEpoch);
  }

  private boolean isInterrupted() {
    return interruption != null && interruption.isRequested();
  }

  private void askWhetherToStop() {
    if (isInterrupted() || settings.stopWhen.getAsBoolean()) {
      stopped = (isInterrupted() ? "interrupted" : "stopped") + " after step " + standing.step;
    }
  }

  /// The rest of an epoch; its end is left to the next time if somebody said to stop.
  private void epoch() {
    long begun = System.nanoTime() - (long) (standing.seconds * 1e9);
    if (standing.batch < parts.loader.batches()) {
      Iterator<B> batches = parts.loader.iterator();
      while (batches.hasNext() && stopped == null) {
        step(batches);
        standing.seconds = (System.nanoTime() - begun) / 1e9;
        if (settings.checkpointEvery > 0 && standing.step % settings.checkpointEvery == 0) {
          keeper.saveLast(standing.step);
        }
        askWhetherToStop();
      }
    }
    if (stopped == null) {
      endEpoch(begun);
    }
  }

  private void step(Iterator<B> batches) {
    List<B> together = new ArrayList<>();
    while (together.size() < settings.accumulate && batches.hasNext()) {
      together.add(batches.next());
    }
    double rate = parts.optimizer.learningRate(0);
    int last = standing.batch + together.size();
    Stepper.Outcome outcome = learn(together, last);
    settings.everyStep.forEach(LearningRateScheduler::step);
    if (settings.average != null) {
      settings.average.update();
    }
    standing.batch = last;
    standing.step++;
    warnOnce();
    StepReport report =
        new StepReport(
            standing.step,
            standing.epochs + 1,
            last,
            parts.loader.batches(),
            outcome.samples(),
            outcome.loss(),
            rate,
            outcome.norm());
    records.add(report);
    tell(Callback.AfterStep.class, callback -> callback.afterStep(report));
  }

  private Stepper.Outcome learn(List<B> together, int last) {
    try {
      return stepper.step(together, tally);
    } catch (Stepper.NotFinite e) {
      throw notFinite(e, last);
    }
  }

  private StateException notFinite(Stepper.NotFinite e, int batch) {
    return new StateException(
            "the %s is %s in step %d, epoch %d, batch %d of %d"
                .formatted(
                    e.what,
                    e.value,
                    standing.step + 1,
                    standing.epochs + 1,
                    batch,
                    parts.loader.batches()))
        .hint(Keeper.NOT_FINITE);
  }

  private void warnOnce() {
    if (!warned) {
      warned = true;
      List<String> without = new ArrayList<>();
      parts
          .model
          .namedParameters()
          .forEach((name, p) -> addIf(p.requiresGrad() && !p.hasGrad(), name, p, without));
      if (!without.isEmpty()) {
        settings.messages.accept(
            "no gradient reaches " + String.join(", ", without) + ": not part of the loss?");
      }
    }
  }

  private static void addIf(boolean holds, String name, Parameter p, List<String> names) {
    if (holds) {
      names.add("'" + name + "' " + p.shape());
    }
  }

  private void endEpoch(long begun) {
    Evaluation verdict = judge == null ? null : judged(judge);
    if (stopped != null) {
      return;
    }
    standing.epochs++;
    EpochReport report = report(verdict, (System.nanoTime() - begun) / 1e9);
    records.add(report);
    standing.batch = 0;
    standing.seconds = 0;
    tally.reset();
    double reached = reached(report);
    settings.everyEpoch.forEach(LearningRateScheduler::step);
    if (settings.plateau != null) {
      settings.plateau.step(reached);
    }
    boolean best = standing.isBest(reached, settings.goal, settings.earlyStopping);
    tell(Callback.AfterEpoch.class, callback -> callback.afterEpoch(report));
    if (best) {
      keeper.saveBest(standing.step);
    }
    keeper.saveLast(standing.step);
  }

  private EpochReport report(@Nullable Evaluation verdict, double seconds) {
    return new EpochReport(
        standing.epochs,
        settings.epochs,
        standing.step,
        tally.loss(),
        tally.metrics(),
        verdict == null ? Double.NaN : verdict.loss(),
        verdict == null ? new LinkedHashMap<>() : verdict.metrics(),
        records.lastRate(),
        seconds);
  }

  /// What validation says; if it was interrupted, all is as before.
  private @Nullable Evaluation judged(Judge<?> judge) {
    Snapshot before =
        interruption == null
            ? null
            : new Snapshot(List.of(judge.loader(), Rng.current(), parts.model.generators()));
    Evaluation verdict = keeper.averaged(() -> judge.judge(this::isInterrupted));
    if (verdict == null && before != null) {
      before.restore();
      askWhetherToStop();
    }
    return verdict;
  }

  private double reached(EpochReport epoch) {
    String measure = settings.goal.measure();
    if (measure.equals("loss")) {
      return judge == null ? epoch.loss() : epoch.validationLoss();
    }
    var metrics = judge == null ? epoch.metrics() : epoch.validationMetrics();
    return metrics.getOrDefault(measure, Double.NaN);
  }

  private History finish(String end) {
    boolean interrupted = stopped != null && isInterrupted();
    if (stopped != null) {
      keeper.saveLast(standing.step);
    }
    if (!interrupted) {
      keeper.restore();
    }
    History history = records.history(end);
    tell(Callback.AfterFit.class, callback -> callback.afterFit(history));
    if (interrupted && interruption != null) {
      settings.messages.accept(
          "%s; saved in %s; to go on, %s".formatted(end, keeper.last(), settings.howToResume));
      interruption.leave();
    }
    return history;
  }
}
