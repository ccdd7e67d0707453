package org.wengert.optim;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.wengert.StateCheck;
import org.wengert.tensor.Stateful;
import org.wengert.tensor.Tensor;

/// Changes an optimizer's learning rates from epoch to epoch. Holds state: the number of the epoch
/// and the learning rate with which each group began.
///
/// Epoch 0 begins when the schedule is made; [#step] is called at the end of every epoch, after the
/// optimizer's last step in it:
///
/// ```
/// LearningRateScheduler schedule = new StepLR(optimizer, 30);
/// for (int epoch = 0; epoch < epochs; epoch++) {
///   train();
///   schedule.step();
/// }
/// ```
///
/// An epoch is whatever lies between two calls of `step()`: with [OneCycleLR] and [CyclicLR] it is
/// usually a batch. A new schedule is a [FormulaScheduler]; several are combined by [SequentialLR]
/// (one after the other, such as a warm-up first) and [ChainedScheduler] (all at once).
/// [ReduceLROnPlateau] goes by a measurement instead. Not thread-safe.
public abstract sealed class LearningRateScheduler implements Stateful
    permits FormulaScheduler, CompositeScheduler {
  private static final String EPOCH = "lastEpoch";

  private final Optimizer optimizer;
  private final List<Double> initial = new ArrayList<>();
  private List<Double> begun;
  private long lastEpoch;

  /// A schedule that begins now, with epoch 0 and the optimizer's present learning rates.
  LearningRateScheduler(Optimizer optimizer) {
    this.optimizer = optimizer;
    meet();
    begun = learningRates();
  }

  /// Sets the rates of an epoch that follows the present one, or of epoch 0.
  abstract void enter(long epoch);

  /// Goes on to the next epoch and sets the learning rate of every group.
  ///
  /// @throws org.wengert.tensor.OptionException if the schedule gives a rate that is negative,
  ///     infinite or not a number
  public final void step() {
    meetNewGroups();
    enter(lastEpoch + 1);
    lastEpoch++;
  }

  /// Remembers the present rates as those of epoch 0, at the end of a constructor.
  final void hasBegun() {
    begun = learningRates();
  }

  /// Epoch 0 again, from the initial rates.
  final void restart() {
    meetNewGroups();
    for (int g = 0; g < initial.size(); g++) {
      optimizer.learningRate(g, initial.get(g));
    }
    rewind();
  }

  /// Epoch 0 again, from the present rates.
  final void rewind() {
    lastEpoch = 0;
    enter(0);
  }

  /// A group added to the optimizer later begins with the rate that it has when first met.
  void meetNewGroups() {
    meet();
  }

  private void meet() {
    for (int g = initial.size(); g < optimizer.groups().size(); g++) {
      initial.add(optimizer.learningRate(g));
    }
  }

  final Optimizer optimizer() {
    return optimizer;
  }

  /// The rates with which the groups began.
  final List<Double> initial() {
    return List.copyOf(initial);
  }

  void initial(List<Double> rates) {
    initial.clear();
    initial.addAll(rates);
  }

  /// The rates that this schedule set when it was made.
  final List<Double> begun() {
    return begun;
  }

  /// How often [#step] was called: the number of the present epoch, counted from 0.
  public final long lastEpoch() {
    return lastEpoch;
  }

  /// The present learning rate of each group.
  public final List<Double> learningRates() {
    return rates(optimizer);
  }

  static List<Double> rates(Optimizer optimizer) {
    List<Double> rates = new ArrayList<>();
    for (int g = 0; g < optimizer.groups().size(); g++) {
      rates.add(optimizer.learningRate(g));
    }
    return List.copyOf(rates);
  }

  /// The epoch and the initial learning rates. The present rates are in the optimizer's state, as
  /// is the momentum; the arguments of the schedule are in the program.
  @Override
  @SuppressWarnings("NonApiType") // the type promises an order and lets callers change it
  public final LinkedHashMap<String, Tensor> stateDict() {
    meetNewGroups();
    LinkedHashMap<String, Tensor> state = new LinkedHashMap<>();
    save("", state);
    return state;
  }

  /// Restores what [#stateDict] gave, without touching the optimizer, whose own state is to be
  /// loaded too, after the schedule has been made. Everything is checked before anything is
  /// changed.
  ///
  /// @throws org.wengert.StateException if an entry is missing, unexpected, or of another shape or
  ///     type; the message lists them all
  @Override
  public final void loadStateDict(Map<String, Tensor> state) {
    StateCheck check =
        new StateCheck(
            getClass().getSimpleName() + ".loadStateDict", state, GroupedOptimizer.STATE_HINT);
    expect("", check);
    check.throwIfWrong(true);
    load("", state);
  }

  void save(String prefix, Map<String, Tensor> state) {
    state.put(prefix + EPOCH, Tensor.of(lastEpoch));
    for (int g = 0; g < initial.size(); g++) {
      state.put(prefix + key(g), Tensor.of(initial.get(g)));
    }
  }

  void expect(String prefix, StateCheck check) {
    check.expectCount(prefix + EPOCH);
    for (int g = 0; g < optimizer.groups().size(); g++) {
      check.expectRate(prefix + key(g));
    }
  }

  void load(String prefix, Map<String, Tensor> state) {
    lastEpoch = StateCheck.require(state, prefix + EPOCH).longAt();
    initial.clear();
    for (int g = 0; g < optimizer.groups().size(); g++) {
      initial.add(StateCheck.require(state, prefix + key(g)).item());
    }
  }

  private static String key(int group) {
    return StateKeys.ofGroup(group) + "/initialLearningRate";
  }
}
