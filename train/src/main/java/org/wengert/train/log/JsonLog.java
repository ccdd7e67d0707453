package org.wengert.train.log;

import com.google.gson.Gson;
import com.google.gson.JsonObject;
import java.nio.file.Path;
import java.util.Map;
import org.wengert.train.Callback;
import org.wengert.train.EpochReport;
import org.wengert.train.History;
import org.wengert.train.Plan;
import org.wengert.train.StepReport;

/// A file of JSON lines: an object in a line for the beginning, each step, each epoch and the end,
/// or in its place the failure.
///
/// ```
/// {"event":"begin","step":0,"epochs":10,"batches":63}
/// {"event":"step","step":1,"epoch":1,"batch":1,"samples":32,"loss":2.31,"learningRate":0.01}
/// {"event":"epoch","epoch":1,"step":63,"loss":0.9,"metrics":{"accuracy":0.72}, ...}
/// {"event":"end","epochs":10,"why":"10 epochs done"}
/// ```
///
/// JSON has no numbers that are not finite: they are the strings `"NaN"`, `"Infinity"` and
/// `"-Infinity"`. A gradient norm or a validation that was not asked for is absent. A file that is
/// there already goes on: the next `begin` says at which step, so that of lines for the same step
/// the last is the valid one. Thread-safe as far as lines stay whole.
public final class JsonLog
    implements Callback.BeforeFit,
        Callback.AfterStep,
        Callback.AfterEpoch,
        Callback.AfterFit,
        Callback.AfterFailure {
  private static final Gson GSON = new Gson();

  private final LineFile file;

  /// A log in this file, which is made if there is none.
  public JsonLog(Path file) {
    this.file = new LineFile(file);
  }

  @Override
  public void beforeFit(Plan plan) {
    file.mend();
    JsonObject line = event("begin");
    line.addProperty("step", plan.step());
    line.addProperty("epochs", plan.epochs());
    line.addProperty("batches", plan.batches());
    write(line);
  }

  @Override
  public void afterStep(StepReport step) {
    write(json(step));
  }

  /// A step as an object.
  public static JsonObject json(StepReport step) {
    JsonObject line = event("step");
    line.addProperty("step", step.step());
    line.addProperty("epoch", step.epoch());
    line.addProperty("batch", step.batch());
    line.addProperty("samples", step.samples());
    add(line, "loss", step.loss());
    add(line, "learningRate", step.learningRate());
    if (!Double.isNaN(step.gradientNorm())) {
      add(line, "gradientNorm", step.gradientNorm());
    }
    return line;
  }

  @Override
  public void afterEpoch(EpochReport epoch) {
    write(json(epoch));
  }

  /// An epoch as an object.
  public static JsonObject json(EpochReport epoch) {
    JsonObject line = event("epoch");
    line.addProperty("epoch", epoch.epoch());
    line.addProperty("step", epoch.step());
    add(line, "loss", epoch.loss());
    line.add("metrics", json(epoch.metrics()));
    if (!Double.isNaN(epoch.validationLoss()) || !epoch.validationMetrics().isEmpty()) {
      add(line, "validationLoss", epoch.validationLoss());
      line.add("validationMetrics", json(epoch.validationMetrics()));
    }
    add(line, "learningRate", epoch.learningRate());
    add(line, "seconds", epoch.seconds());
    return line;
  }

  @Override
  public void afterFit(History history) {
    JsonObject line = event("end");
    line.addProperty("epochs", history.epochs().size());
    line.addProperty("why", history.end());
    write(line);
  }

  @Override
  public void afterFailure(Throwable failure) {
    JsonObject line = event("failure");
    line.addProperty("why", failure.toString());
    write(line);
  }

  private static JsonObject event(String name) {
    JsonObject line = new JsonObject();
    line.addProperty("event", name);
    return line;
  }

  private static JsonObject json(Map<String, Double> values) {
    JsonObject object = new JsonObject();
    values.forEach((name, value) -> add(object, name, value));
    return object;
  }

  private static void add(JsonObject line, String name, double value) {
    if (Double.isFinite(value)) {
      line.addProperty(name, value);
    } else {
      line.addProperty(name, "" + value);
    }
  }

  private void write(JsonObject line) {
    file.add(GSON.toJson(line));
  }
}
