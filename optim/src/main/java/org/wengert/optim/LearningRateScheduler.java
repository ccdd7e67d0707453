package org.wengert.optim;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.wengert.tensor.DType;
import org.wengert.tensor.Shape;
import org.wengert.tensor.Tensor;

/// Changes an optimizer's learning rates from epoch to epoch. Holds state: the number of the epoch
/// and the learning rate with which each group began.
///
/// Epoch 0 runs with the optimizer's own rates; [#step] is called at the end of every epoch, after
/// the optimizer's last step in it:
///
/// ```
/// LearningRateScheduler schedule = new StepLR(optimizer, 30);
/// for (int epoch = 0; epoch < epochs; epoch++) {
///   train();
///   schedule.step();
/// }
/// ```
///
/// A schedule is a class with one formula, [#learningRate(long, double, double)]. Not thread-safe.
public abstract class LearningRateScheduler {
  private static final String EPOCH = "lastEpoch";

  private final Optimizer optimizer;
  private final List<Double> initial = new ArrayList<>();
  private long lastEpoch;

  /// A schedule that begins now, with epoch 0 and the optimizer's present learning rates.
  protected LearningRateScheduler(Optimizer optimizer) {
    this.optimizer = optimizer;
    meetNewGroups();
  }

  /// The learning rate of a group in an epoch.
  ///
  /// @param epoch the epoch about to begin
  /// @param current the rate of the epoch before; changes made from outside are in it
  /// @param initial the rate with which the group began
  protected abstract double learningRate(long epoch, double current, double initial);

  /// Goes on to the next epoch and sets the learning rate of every group.
  ///
  /// @throws org.wengert.tensor.OptionException if the schedule's formula gives a rate that is
  ///     negative, infinite or not a number
  public final void step() {
    meetNewGroups();
    lastEpoch++;
    apply();
  }

  /// Sets the rates of epoch 0, for schedules that do not begin with the optimizer's own, such as a
  /// warm-up. Called once, at the end of a constructor.
  protected final void begin() {
    apply();
  }

  private void apply() {
    for (int g = 0; g < initial.size(); g++) {
      optimizer.learningRate(g, learningRate(lastEpoch, optimizer.learningRate(g), initial.get(g)));
    }
  }

  /// A group added to the optimizer later begins with the rate that it has when first met.
  private void meetNewGroups() {
    for (int g = initial.size(); g < optimizer.groups().size(); g++) {
      initial.add(optimizer.learningRate(g));
    }
  }

  /// How often [#step] was called: the number of the present epoch, counted from 0.
  public final long lastEpoch() {
    return lastEpoch;
  }

  /// The present learning rate of each group.
  public final List<Double> learningRates() {
    List<Double> rates = new ArrayList<>();
    for (int g = 0; g < optimizer.groups().size(); g++) {
      rates.add(optimizer.learningRate(g));
    }
    return List.copyOf(rates);
  }

  /// The epoch and the initial learning rates. The present rates are in the optimizer's state, the
  /// arguments of the schedule in the program.
  @SuppressWarnings("NonApiType") // the type promises an order and lets callers change it
  public final LinkedHashMap<String, Tensor> stateDict() {
    meetNewGroups();
    LinkedHashMap<String, Tensor> state = new LinkedHashMap<>();
    state.put(EPOCH, Tensor.of(new long[] {lastEpoch}).reshape(Shape.SCALAR));
    for (int g = 0; g < initial.size(); g++) {
      state.put(key(g), Tensor.of(initial.get(g)));
    }
    return state;
  }

  /// Restores what [#stateDict] gave, without touching the optimizer, whose own state is to be
  /// loaded too. Everything is checked before anything is changed.
  ///
  /// @throws org.wengert.StateException if an entry is missing, unexpected, or of another shape or
  ///     type; the message lists them all
  public final void loadStateDict(Map<String, Tensor> state) {
    StateCheck check = new StateCheck(getClass().getSimpleName() + ".loadStateDict", state);
    int groups = optimizer.groups().size();
    check.expectCount(EPOCH);
    for (int g = 0; g < groups; g++) {
      check.expect(key(g), DType.FLOAT64, Shape.SCALAR);
    }
    check.throwIfWrong(true);
    lastEpoch = StateCheck.require(state, EPOCH).longAt();
    initial.clear();
    for (int g = 0; g < groups; g++) {
      initial.add(StateCheck.require(state, key(g)).item());
    }
  }

  private static String key(int group) {
    return StateKeys.ofGroup(group) + "/initialLearningRate";
  }
}
