package org.wengert.train.log;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;
import org.wengert.StateException;
import org.wengert.nn.Module; // a single-type import, because there is a java.lang.Module
import org.wengert.tensor.Tensor;
import org.wengert.train.Callback;
import org.wengert.train.EpochReport;
import org.wengert.train.History;
import org.wengert.train.Plan;
import org.wengert.train.StepReport;

/// A fit in TensorBoard: loss, learning rate and gradient norm of each step, losses and metrics of
/// each epoch, and, if wanted, how weights and gradients are distributed. Training and validation
/// are two runs, `train` and `validation` below the folder, so that TensorBoard lays their curves
/// over each other. Holds state, the files of the present fit; not thread-safe.
///
/// ```java
/// trainer.callbacks(new TensorBoardLog(Path.of("runs/lenet")));  // tensorboard --logdir runs
/// ```
public final class TensorBoardLog
    implements Callback.BeforeFit,
        Callback.AfterStep,
        Callback.AfterEpoch,
        Callback.AfterFit,
        Callback.AfterFailure {
  private final Path folder;
  private final boolean histograms;
  private @Nullable EventFile train;
  private @Nullable EventFile validation;
  private @Nullable Module model;
  private long begin;
  private long last;

  /// Curves only.
  public TensorBoardLog(Path folder) {
    this(folder, false);
  }

  /// Curves, and distributions after each epoch if wanted.
  public TensorBoardLog(Path folder, boolean histograms) {
    this.folder = folder;
    this.histograms = histograms;
  }

  /// The file of the present fit, for whatever else is worth seeing: images, texts, a graph.
  ///
  /// @throws StateException if no fit has begun
  public EventFile events() {
    if (train == null) {
      throw new StateException("no fit has begun, so there is no event file")
          .hint("ask after fit(..) has begun, or use EventFile.in(folder)");
    }
    return train;
  }

  @Override
  public void beforeFit(Plan plan) {
    model = plan.model();
    begin = plan.step();
    last = begin;
    train = EventFile.in(folder.resolve("train"));
    validation = null;
    if (begin > 0) {
      train.restart(begin + 1);
    }
  }

  @Override
  public void afterStep(StepReport step) {
    SequencedMap<String, Double> values = new LinkedHashMap<>();
    values.put("step/loss", step.loss());
    values.put("step/learning rate", step.learningRate());
    if (!Double.isNaN(step.gradientNorm())) {
      values.put("step/gradient norm", step.gradientNorm());
    }
    events().scalars(step.step(), values);
    last = step.step();
  }

  @Override
  public void afterEpoch(EpochReport epoch) {
    events().scalars(epoch.step(), values(epoch.loss(), epoch.metrics()));
    if (!Double.isNaN(epoch.validationLoss()) || !epoch.validationMetrics().isEmpty()) {
      validationEvents()
          .scalars(epoch.step(), values(epoch.validationLoss(), epoch.validationMetrics()));
    }
    if (histograms && model != null) {
      distributions(model, epoch.step());
    }
  }

  private static SequencedMap<String, Double> values(
      double loss, SequencedMap<String, Double> metrics) {
    SequencedMap<String, Double> values = new LinkedHashMap<>();
    values.put("epoch/loss", loss);
    metrics.forEach((name, value) -> values.put("epoch/" + name, value));
    return values;
  }

  private EventFile validationEvents() {
    EventFile file = validation;
    if (file == null) {
      file = EventFile.in(folder.resolve("validation"));
      if (begin > 0) {
        file.restart(begin + 1);
      }
      validation = file;
    }
    return file;
  }

  private void distributions(Module model, long step) {
    model
        .namedParameters()
        .forEach(
            (name, parameter) -> {
              events().histogram("weights/" + name, step, parameter.value().toDoubleArray());
              Tensor gradient = parameter.grad();
              if (gradient != null) {
                events().histogram("gradients/" + name, step, gradient.toDoubleArray());
              }
            });
  }

  @Override
  public void afterFit(History history) {
    events().text("fit", last, history.end());
  }

  @Override
  public void afterFailure(Throwable failure) {
    if (train != null) {
      train.text("fit", last, "ended by " + failure);
    }
  }
}
