package org.wengert.train;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.wengert.nn.Loss;
import org.wengert.nn.Module; // a single-type import, because there is a java.lang.Module
import org.wengert.optim.LearningRateScheduler;
import org.wengert.optim.Optimizer;
import org.wengert.optim.ReduceLROnPlateau;
import org.wengert.optim.WeightAverage;
import org.wengert.tensor.OptionException;
import org.wengert.train.data.DataLoader;
import org.wengert.train.data.Supervised;
import org.wengert.train.metric.Metric;

/// The training loop with what one wants around it: validation, metrics, schedules, early stopping,
/// checkpoints. The explicit loop stays the first way; this one is for when it gets long.
///
/// ```
/// History history =
///     Trainer.defaults()
///         .epochs(20)
///         .validation(validation)
///         .metrics(Accuracy::new)
///         .earlyStopping(EarlyStopping.defaults().patience(3))
///         .checkpoints(Path.of("run"))
///         .resume(true)
///         .fit(model, new CrossEntropyLoss(), optimizer, loader);
/// ```
///
/// Each step takes one batch (or several, see [#accumulate]), as the loop of the guide does: forget
/// the gradients, forward, loss, backward, clip, step. With checkpoints a training that was killed
/// goes on with the bits of one that was not: the optimizer, the place in the epoch, schedules,
/// random generators, metrics so far, the best so far and the history are all saved with the
/// weights.
///
/// Immutable; each method returns another trainer. One fit at a time with the same model, optimizer
/// or schedule, all in the thread that calls [#fit].
public final class Trainer {
  private final Settings settings;

  private Trainer(Settings settings) {
    this.settings = settings;
  }

  /// 10 epochs, and nothing of what else there is.
  public static Trainer defaults() {
    return new Trainer(new Settings());
  }

  private Trainer with(Consumer<Settings> change) {
    return new Trainer(settings.with(change));
  }

  /// How often the data are seen.
  ///
  /// @throws OptionException if that is less than once
  public Trainer epochs(int epochs) {
    requireAtLeast(1, "epochs", epochs);
    return with(s -> s.epochs = epochs);
  }

  /// Measures loss and metrics on other samples after each epoch, in evaluation mode, unrecorded.
  public Trainer validation(DataLoader<? extends Supervised> loader) {
    return with(s -> s.validation = new Settings.Validation<>(loader, null));
  }

  /// Measures an objective on other batches after each epoch, in evaluation mode, unrecorded.
  public <B> Trainer validation(DataLoader<B> loader, Objective<B> objective) {
    return with(s -> s.validation = new Settings.Validation<>(loader, objective));
  }

  /// What is measured beside the loss: of each a fresh one for training and one for validation.
  /// Reports have their values; for more, such as the table of a confusion matrix, see [#evaluate].
  @SafeVarargs
  @SuppressWarnings("varargs") // only read
  public final Trainer metrics(Supplier<? extends Metric>... metrics) {
    return with(s -> s.metrics = List.of(metrics));
  }

  /// Takes a step of this schedule after each epoch. May be called for several.
  public Trainer everyEpoch(LearningRateScheduler schedule) {
    return with(s -> s.everyEpoch = more(s.everyEpoch, schedule));
  }

  /// Takes a step of this schedule after each step of the optimizer, as
  /// [org.wengert.optim.OneCycleLR] wants it. May be called for several.
  public Trainer everyStep(LearningRateScheduler schedule) {
    return with(s -> s.everyStep = more(s.everyStep, schedule));
  }

  /// Lowers the learning rate when what the [#goal] measures gets no better; the two agree about
  /// what better is, or [#fit] refuses them.
  public Trainer onPlateau(ReduceLROnPlateau schedule) {
    return with(s -> s.plateau = schedule);
  }

  /// Scales gradients whose norm, all together, is above `maxNorm`; infinity only measures it, for
  /// [StepReport#gradientNorm].
  public Trainer clipNorm(double maxNorm) {
    requirePositive("maxNorm", maxNorm);
    return with(s -> s.clipNorm = maxNorm);
  }

  /// Moves each element of a gradient into `[-maxValue, maxValue]`.
  public Trainer clipValue(double maxValue) {
    requirePositive("maxValue", maxValue);
    return with(s -> s.clipValue = maxValue);
  }

  /// Takes `batches` batches for one step, one after the other, as if they were one: for those that
  /// do not fit into the memory. The last step of an epoch has those that are left.
  public Trainer accumulate(int batches) {
    requireAtLeast(1, "batches", batches);
    return with(s -> s.accumulate = batches);
  }

  /// What makes an epoch better; by default the least loss.
  public Trainer goal(Goal goal) {
    return with(s -> s.goal = goal);
  }

  /// Ends a training that gets no better.
  public Trainer earlyStopping(EarlyStopping earlyStopping) {
    return with(s -> s.earlyStopping = earlyStopping);
  }

  /// Updates an average of the weights after each step; validation and the best checkpoint use it,
  /// and the model has it in the end.
  public Trainer average(WeightAverage average) {
    return with(s -> s.average = average);
  }

  /// Saves the training in a folder after each epoch: `last.safetensors`, and `best.safetensors` if
  /// there was none better. Both are [org.wengert.io.Checkpoint]s; the weights are their part
  /// `model`. Ctrl-C (or `kill`) then finishes the step, saves, and ends the program with 130 (or
  /// 143); a second Ctrl-C ends it at once.
  ///
  /// What changes during a training is in them, the optimizer's options included: a fit that goes
  /// on has the learning rate that was saved, and says so if another one is given. To change it,
  /// give a callback: `Callback.BeforeFit lower = plan -> plan.optimizer().learningRates(1e-3)`.
  /// Weights that are not finite are never saved in place of others.
  public Trainer checkpoints(Path folder) {
    return with(s -> s.folder = folder);
  }

  /// Saves after this many steps, too.
  public Trainer checkpointEvery(int steps) {
    requireAtLeast(1, "steps", steps);
    return with(s -> s.checkpointEvery = steps);
  }

  /// Goes on from the last checkpoint if there is one, also with its learning rate: see
  /// [#checkpoints]. Otherwise a training begins anew, and its checkpoints replace those in the
  /// folder, the best one, too; it says so.
  public Trainer resume(boolean resume) {
    return with(s -> s.resume = resume);
  }

  /// What somebody who pressed Ctrl-C is told to do to go on, such as `run again with --resume`.
  public Trainer howToResume(String words) {
    return with(s -> s.howToResume = words);
  }

  /// Seeds the thread's generator ([org.wengert.tensor.Rng#seed]) before the first step, from which
  /// layers without a generator of their own draw.
  public Trainer seed(long seed) {
    return with(s -> s.seed = seed);
  }

  /// Tells these how it goes, after those that were given before. What a [Callback] that is
  /// [org.wengert.tensor.Stateful] remembers is saved with the training.
  public Trainer callbacks(Callback... callbacks) {
    return with(
        s -> {
          List<Callback> all = new ArrayList<>(s.callbacks);
          all.addAll(List.of(callbacks));
          s.callbacks = List.copyOf(all);
        });
  }

  /// Who gets remarks in words, each without a line break; by default standard error.
  public Trainer messages(Consumer<String> messages) {
    return with(s -> s.messages = messages);
  }

  /// Asked after each step: whether to save and end, such as when the time is up.
  public Trainer stopWhen(BooleanSupplier stopWhen) {
    return with(s -> s.stopWhen = stopWhen);
  }

  /// Trains a model to give the targets of batches.
  ///
  /// @param loss of outputs against targets, a mean over the samples
  /// @return all that was reported, and why it ended
  /// @throws OptionException if the loader has no batch, or the settings do not fit together
  /// @throws org.wengert.StateException if the loss or a weight is not finite, or the optimizer is
  ///     that of another model
  /// @throws org.wengert.train.data.SampleException if a sample cannot be read or made
  /// @throws java.io.UncheckedIOException if checkpoints cannot be written
  /// @throws org.wengert.io.FileFormatException if the checkpoint is damaged or one of another
  ///     training
  public <B extends Supervised> History fit(
      Module model, Loss loss, Optimizer optimizer, DataLoader<B> loader) {
    var validation = settings.validation;
    return new Fit<>(
            new Fit.Parts<>(model, optimizer, loader, Scoring.of(model, loss)),
            settings,
            validation == null ? null : Judge.of(validation, model, loss, settings.metrics))
        .run();
  }

  /// Trains a model by an objective of one's own, with batches of any kind. Metrics are for the
  /// other way, which knows outputs and targets.
  ///
  /// @return all that was reported, and why it ended
  /// @throws OptionException as the other way does, and if there are metrics
  public <B> History fit(
      Module model, Objective<B> objective, Optimizer optimizer, DataLoader<B> loader) {
    var validation = settings.validation;
    return new Fit<>(
            new Fit.Parts<>(model, optimizer, loader, Scoring.of(objective)),
            settings,
            validation == null ? null : Judge.of(validation, model, null, settings.metrics))
        .run();
  }

  /// Judges a model by other samples, an epoch of them, in evaluation mode and unrecorded. The
  /// metrics are reset before, and afterwards are what they have become:
  ///
  /// ```
  /// ConfusionMatrix matrix = new ConfusionMatrix(classes);
  /// Evaluation test = Trainer.evaluate(model, new CrossEntropyLoss(), loader, matrix);
  /// System.out.println(matrix);
  /// ```
  ///
  /// The model is left in the mode in which it was.
  ///
  /// @throws OptionException if the loader has no batch, or two metrics have the same name
  public static <B extends Supervised> Evaluation evaluate(
      Module model, Loss loss, DataLoader<B> loader, Metric... metrics) {
    return Objects.requireNonNull(Judge.of(model, loss, loader, metrics).judge(() -> false));
  }

  private static <T> List<T> more(List<T> before, T next) {
    List<T> all = new ArrayList<>(before);
    all.add(next);
    return List.copyOf(all);
  }

  private static void requireAtLeast(int least, String name, int value) {
    if (value < least) {
      throw new OptionException(name + " is " + value).hint("take at least " + least);
    }
  }

  private static void requirePositive(String name, double value) {
    if (!(value > 0)) {
      throw new OptionException(name + " is " + value).hint("take more than 0, such as 1.0");
    }
  }
}
