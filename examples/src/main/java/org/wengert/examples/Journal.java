package org.wengert.examples;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.function.Consumer;
import org.wengert.nn.Module; // a single-type import, because there is a java.lang.Module
import org.wengert.optim.Optimizer;
import org.wengert.train.Callback;
import org.wengert.train.EpochReport;
import org.wengert.train.History;
import org.wengert.train.Plan;
import org.wengert.train.StepReport;

/// Tells callbacks how a training loop of one's own goes, as a [org.wengert.train.Trainer] tells
/// them: so bars, tables, logs and the live page are there for such loops, too. Holds state: what
/// has been told.
final class Journal {
  private final Plan plan;
  private final List<Callback> callbacks;
  private final List<StepReport> steps = new ArrayList<>();
  private final List<EpochReport> epochs = new ArrayList<>();
  private long begun = System.nanoTime();
  private int batch;
  private int samples;
  private double sum;

  /// Says that a training begins.
  ///
  /// @param batches steps in an epoch
  Journal(Module model, Optimizer optimizer, int epochs, int batches, Callback... callbacks) {
    this.plan = new Plan(model, optimizer, epochs, batches, 0, History.empty());
    this.callbacks = List.of(callbacks);
    tell(Callback.BeforeFit.class, callback -> callback.beforeFit(plan));
  }

  private <C extends Callback> void tell(Class<C> kind, Consumer<C> moment) {
    callbacks.stream().filter(kind::isInstance).map(kind::cast).forEach(moment);
  }

  /// A step was done, with the optimizer's present learning rate.
  ///
  /// @param loss the mean over its samples
  void step(int samples, double loss) {
    batch++;
    this.samples += samples;
    sum += loss * samples;
    StepReport step =
        new StepReport(
            steps.size() + 1L,
            epochs.size() + 1,
            batch,
            plan.batches(),
            samples,
            loss,
            plan.optimizer().learningRate(0),
            Double.NaN);
    steps.add(step);
    tell(Callback.AfterStep.class, callback -> callback.afterStep(step));
  }

  /// An epoch is over, and the model was judged by other samples.
  void epoch(double validationLoss) {
    epoch(validationLoss, new LinkedHashMap<>());
  }

  /// The same with what else was measured.
  void epoch(double validationLoss, String metric, double value) {
    SequencedMap<String, Double> metrics = new LinkedHashMap<>();
    metrics.put(metric, value);
    epoch(validationLoss, metrics);
  }

  private void epoch(double validationLoss, SequencedMap<String, Double> metrics) {
    EpochReport epoch =
        new EpochReport(
            epochs.size() + 1,
            plan.epochs(),
            steps.size(),
            meanLoss(),
            new LinkedHashMap<>(),
            validationLoss,
            metrics,
            steps.getLast().learningRate(),
            (System.nanoTime() - begun) / 1e9);
    epochs.add(epoch);
    batch = 0;
    samples = 0;
    sum = 0;
    begun = System.nanoTime();
    tell(Callback.AfterEpoch.class, callback -> callback.afterEpoch(epoch));
  }

  /// How long a step of this epoch took so far, in the mean.
  double millisecondsAStep() {
    return (System.nanoTime() - begun) / 1e6 / batch;
  }

  /// The mean loss of this epoch's samples so far.
  double meanLoss() {
    return sum / samples;
  }

  /// The training is over; returns all that was told.
  ///
  /// @param why in words
  History end(String why) {
    History history = new History(steps, epochs, why);
    tell(Callback.AfterFit.class, callback -> callback.afterFit(history));
    return history;
  }
}
