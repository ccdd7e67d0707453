package org.wengert.train.live;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.SequencedMap;
import java.util.concurrent.TimeUnit;
import org.wengert.train.EpochReport;
import org.wengert.train.History;
import org.wengert.train.StepReport;
import org.wengert.train.log.JsonLog;

/// What there is to show of a fit, as it grows. Of very many steps every second, fourth, ... is
/// kept, so that it stays small. Holds state; thread-safe: who trains only ever adds to it.
final class Progress {
  private static final int MOST_STEPS = 4_000;

  private final List<StepReport> steps = new ArrayList<>();
  private final List<EpochReport> epochs = new ArrayList<>();
  private JsonArray pictures = new JsonArray();
  private long pictureVersion;
  private long stride = 1;
  private String end = "";

  /// What a page has seen so far.
  ///
  /// @param step the last step
  /// @param epochs how many epochs
  /// @param pictures which version of the pictures
  record Seen(long step, int epochs, long pictures) {
    static final Seen NOTHING = new Seen(0, 0, 0);
  }

  /// News since then, and what a page that gets them has seen.
  record News(JsonObject json, Seen seen, boolean any, boolean last) {}

  static Progress of(History history) {
    Progress progress = new Progress();
    history.steps().forEach(progress::add);
    history.epochs().forEach(progress::add);
    progress.finish(history.end());
    return progress;
  }

  synchronized void add(StepReport step) {
    if (step.step() % stride == 0) {
      steps.add(step);
    }
    if (steps.size() > MOST_STEPS) {
      stride *= 2;
      steps.removeIf(old -> old.step() % stride != 0);
    }
  }

  synchronized void add(EpochReport epoch) {
    epochs.add(epoch);
    notifyAll();
  }

  /// Pictures by their names.
  synchronized void show(SequencedMap<String, Picture> images) {
    pictures = new JsonArray();
    images.forEach((name, picture) -> pictures.add(picture.json(name)));
    pictureVersion++;
    notifyAll();
  }

  synchronized void finish(String why) {
    if (end.isEmpty()) {
      end = why.isEmpty() ? "done" : why;
    }
    notifyAll();
  }

  /// Waits for an epoch, a picture or the end, at most so long: steps are too many to wake for.
  synchronized void await(long milliseconds) throws InterruptedException {
    long before = epochs.size() + pictureVersion;
    long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(milliseconds);
    long left = milliseconds;
    while (left > 0 && end.isEmpty() && epochs.size() + pictureVersion == before) {
      wait(left);
      left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
    }
  }

  synchronized News since(Seen seen) {
    JsonObject json = new JsonObject();
    JsonArray newSteps = new JsonArray();
    steps.stream().filter(s -> s.step() > seen.step).map(JsonLog::json).forEach(newSteps::add);
    JsonArray newEpochs = new JsonArray();
    epochs.stream().skip(seen.epochs).map(JsonLog::json).forEach(newEpochs::add);
    json.addProperty("fresh", seen.equals(Seen.NOTHING));
    json.add("steps", newSteps);
    json.add("epochs", newEpochs);
    boolean repainted = pictureVersion > seen.pictures;
    if (repainted) {
      json.add("pictures", pictures);
    }
    if (!end.isEmpty()) {
      json.addProperty("end", end);
    }
    long last = steps.isEmpty() ? seen.step : Math.max(seen.step, steps.getLast().step());
    boolean any = !newSteps.isEmpty() || !newEpochs.isEmpty() || repainted || !end.isEmpty();
    return new News(json, new Seen(last, epochs.size(), pictureVersion), any, !end.isEmpty());
  }
}
