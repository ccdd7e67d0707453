package org.wengert.train;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;
import org.wengert.StateException;
import org.wengert.tensor.Stateful;
import org.wengert.tensor.Tensor;

/// Where a training stands. Holds that state.
final class Standing implements Stateful {
  private final int batches;
  private final int accumulate;

  /// Epochs that were finished.
  int epochs;

  /// Batches done in the present one.
  int batch;

  /// Steps done, over all epochs.
  long step;

  /// The time that the present epoch took so far.
  double seconds;

  /// The epoch that was best, from 1; 0 before there is one.
  int bestEpoch;

  /// What was measured then.
  double best = Double.NaN;

  /// What early stopping compares with.
  double reference = Double.NaN;

  /// Epochs since that was reached.
  int stalled;

  Standing(int batches, int accumulate) {
    this.batches = batches;
    this.accumulate = accumulate;
  }

  /// Takes in what an epoch has reached; whether it is the best so far.
  boolean isBest(double value, Goal goal, @Nullable EarlyStopping stopping) {
    double margin = stopping == null ? 0 : stopping.minDelta();
    stalled++;
    if (goal.isBetter(value, reference, margin)) {
      reference = value;
      stalled = 0;
    }
    if (!goal.isBetter(value, best, 0)) {
      return false;
    }
    best = value;
    bestEpoch = epochs;
    return true;
  }

  @Override
  public SequencedMap<String, Tensor> stateDict() {
    SequencedMap<String, Tensor> state = new LinkedHashMap<>();
    state.put("batches", Tensor.of(batches));
    state.put("accumulate", Tensor.of(accumulate));
    state.put("epochs", Tensor.of(epochs));
    state.put("batch", Tensor.of(batch));
    state.put("step", Tensor.of(step));
    state.put("seconds", Tensor.of(seconds));
    state.put("bestEpoch", Tensor.of(bestEpoch));
    state.put("best", Tensor.of(best));
    state.put("reference", Tensor.of(reference));
    state.put("stalled", Tensor.of(stalled));
    return state;
  }

  @Override
  public void loadStateDict(Map<String, Tensor> state) {
    if (!state.keySet().equals(stateDict().keySet())) {
      throw new StateException("the state of a fit is " + stateDict().keySet())
          .hint("load what a Trainer has saved");
    }
    requireSame("batches in an epoch", batches, (int) number(state, "batches"));
    requireSame("batches for a step", accumulate, (int) number(state, "accumulate"));
    epochs = (int) number(state, "epochs");
    batch = (int) number(state, "batch");
    step = (long) number(state, "step");
    seconds = number(state, "seconds");
    bestEpoch = (int) number(state, "bestEpoch");
    best = number(state, "best");
    reference = number(state, "reference");
    stalled = (int) number(state, "stalled");
  }

  private static double number(Map<String, Tensor> state, String key) {
    Tensor value = state.get(key);
    if (value == null) {
      throw new StateException("the state of a fit has no " + key);
    }
    return value.item();
  }

  private static void requireSame(String what, int here, int saved) {
    if (here != saved) {
      throw new StateException("the checkpoint has " + saved + " " + what + ", this fit " + here)
          .hint("go on with the data and the settings that the training began with");
    }
  }
}
