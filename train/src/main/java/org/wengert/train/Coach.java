package org.wengert.train;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Looks over the shoulder of a training and says what an experienced person would, with the
/// numbers that say so:
///
/// - the loss oscillates: reduce the learning rate;
/// - it falls slowly and steadily: increase it;
/// - validation has stalled: turn it down;
/// - it learns by heart;
/// - inputs badly scaled (condition number 40,005);
/// - 38 % of the ReLUs in `hidden.2` are dead;
/// - parameter `x` gets no gradient.
///
/// ```
/// Coach coach = new Coach(System.out::println);
/// trainer.callbacks(coach).fit(model, loss, optimizer, loader);
/// ```
///
/// It speaks at the ends of epochs, and repeats itself after 5 epochs at the earliest; [#advice]
/// has all that holds now. The loss counts as rising if it rises in two of five epochs by more than
/// twice what the spread of the batches explains, and by more than 1 %; as falling slowly, if it
/// falls in five epochs by less than 2 % each, and not less and less; validation as stalled, if for
/// five epochs it was not 0.1 % better. Layers are looked at in about 20 steps of an epoch, by
/// hooks on the model: [org.wengert.nn.ReLU] is seen, a bare `relu()` in a `forward` is not.
///
/// Holds state: what it has seen, and its hooks, which are removed at the end of the fit.
///
/// Source: lecture 4, "General guideline for learning rate".
public final class Coach
    implements Callback.BeforeFit, Callback.AfterStep, Callback.AfterEpoch, Callback.AfterFit {
  private static final int LOOKS = 20;
  private static final int SILENCE = 5;

  private final Consumer<String> messages;
  private final List<StepReport> steps = new ArrayList<>();
  private final List<EpochReport> epochs = new ArrayList<>();
  private final Map<String, Integer> spoken = new LinkedHashMap<>();
  private List<Advice> advice = List.of();
  private @Nullable Watch watch;

  /// A coach who speaks to somebody.
  public Coach(Consumer<String> messages) {
    this.messages = messages;
  }

  /// A coach who waits to be asked.
  public Coach() {
    this(line -> {});
  }

  /// All that held at the end of the last epoch.
  public List<Advice> advice() {
    return advice;
  }

  @Override
  public void beforeFit(Plan plan) {
    forgetModel();
    steps.clear();
    epochs.clear();
    spoken.clear();
    steps.addAll(plan.before().steps());
    epochs.addAll(plan.before().epochs());
    watch = new Watch(plan.model());
  }

  @Override
  public void afterStep(StepReport step) {
    steps.add(step);
    if (watch != null) {
      watch.afterStep(step.batches() / LOOKS);
    }
  }

  @Override
  public void afterEpoch(EpochReport epoch) {
    epochs.add(epoch);
    List<Advice> all = new ArrayList<>(CurveAdvice.of(epochs, steps));
    if (watch != null) {
      all.addAll(watch.advice());
    }
    advice = List.copyOf(all);
    for (Advice one : advice) {
      String key = one.topic() + one.subject();
      if (epoch.epoch() - spoken.getOrDefault(key, -SILENCE) >= SILENCE) {
        spoken.put(key, epoch.epoch());
        messages.accept("coach, epoch " + epoch.epoch() + ": " + one.text());
      }
    }
  }

  @Override
  public void afterFit(History history) {
    forgetModel();
  }

  private void forgetModel() {
    if (watch != null) {
      watch.close();
      watch = null;
    }
  }
}
