package org.wengert.train;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;
import org.wengert.StateCheck;
import org.wengert.tensor.DType;
import org.wengert.tensor.Shape;
import org.wengert.tensor.Stateful;
import org.wengert.tensor.Tensor;

/// Where a training stands. Holds that state.
final class Standing implements Stateful {
  private static final String RATES = "learningRates";

  private final int accumulate;
  private final long seed;
  private List<Double> rates;

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

  /// @param seed null if none was given, which is as good as 0
  /// @param rates of the optimizer's groups before the first step
  Standing(int accumulate, @Nullable Long seed, List<Double> rates) {
    this.accumulate = accumulate;
    this.rates = rates;
    this.seed = seed == null ? 0 : seed;
  }

  /// The learning rates with which the training began.
  List<Double> rates() {
    return rates;
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
    state.put("accumulate", Tensor.of((long) accumulate));
    state.put("seed", Tensor.of(seed));
    state.put("epochs", Tensor.of((long) epochs));
    state.put("batch", Tensor.of((long) batch));
    state.put("step", Tensor.of(step));
    state.put("bestEpoch", Tensor.of((long) bestEpoch));
    state.put("stalled", Tensor.of((long) stalled));
    state.put("seconds", Tensor.of(seconds));
    state.put("best", Tensor.of(best));
    state.put("reference", Tensor.of(reference));
    state.put(RATES, Tensor.of(rates.stream().mapToDouble(x -> x).toArray()));
    return state;
  }

  @Override
  public void loadStateDict(Map<String, Tensor> state) {
    StateCheck check =
        new StateCheck(
            "Trainer.fit",
            state,
            "go on with the data and the settings that the training began with");
    check.expectSame("accumulate", accumulate);
    check.expectSame("seed", seed);
    for (String count : List.of("epochs", "batch", "step", "bestEpoch", "stalled")) {
      check.expectCount(count);
    }
    for (String figure : List.of("seconds", "best", "reference")) {
      check.expect(figure, DType.FLOAT64, Shape.SCALAR);
    }
    check.expect(RATES, DType.FLOAT64, Shape.of(rates.size()));
    check.throwIfWrong(true);
    epochs = (int) count(state, "epochs");
    batch = (int) count(state, "batch");
    step = count(state, "step");
    bestEpoch = (int) count(state, "bestEpoch");
    stalled = (int) count(state, "stalled");
    seconds = StateCheck.require(state, "seconds").item();
    best = StateCheck.require(state, "best").item();
    reference = StateCheck.require(state, "reference").item();
    rates = Arrays.stream(StateCheck.require(state, RATES).toDoubleArray()).boxed().toList();
  }

  private static long count(Map<String, Tensor> state, String key) {
    return StateCheck.require(state, key).longAt();
  }
}
