package org.wengert.train;

import java.util.ArrayList;
import java.util.Comparator;
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
/// - inputs badly scaled (condition number 40,005.92);
/// - 38 % of the ReLUs in `hidden.2` are dead;
/// - parameter `x` gets no gradient.
///
/// ```
/// Coach coach = new Coach(System.out::println);
/// trainer.callbacks(coach).fit(model, loss, optimizer, loader);
/// ```
///
/// It speaks at the ends of epochs, and repeats itself after 5 epochs at the earliest; [#advice]
/// has all that holds now. What it goes by:
///
/// - *Oscillates*: two epochs in a row are worse than the first step; or in two of five epochs the
///   loss rose by more than 1 % and by more than chance explains, which is twice the standard error
///   of the batches' mean, but at most `3/√N` of the loss for `N` samples, since a rate that is too
///   high makes batches differ, too. With fewer than 4 batches an epoch, 5 % is the bound.
/// - *Slowly*: in five epochs the loss fell by less than 2 % each, and not less and less; or it
///   hardly moves, and the gradients of the batches point the same way, so that larger steps would
///   go further. Not while units are dead, which asks for the opposite.
/// - *Stalled*: for five epochs validation was not 0.1 % better. *By heart*: it is 5 % worse than
///   its best, and the training loss is 5 % better than then.
/// - *Badly scaled*: a condition above 1,000 that scaling makes ten times less, or columns far from
///   mean 0 or deviation 1; constant ones and those of categories (0 and 1) are as they should be.
///
/// Where a loss can be negative, as a density's can, shares are those of what it has fallen so far,
/// and chance is at most that of the calmest epoch. Layers are looked at in about 20 steps of an
/// epoch, by hooks on the model: [org.wengert.nn.ReLU] is seen, a bare `relu()` in a `forward` is
/// not; units of the same ReLU behind several layers are counted for each of these.
///
/// Holds state: what it has seen, and its hooks, which are removed at the end of the fit, also if
/// an exception ends it.
///
/// Source: lecture 4, "General guideline for learning rate".
public final class Coach
    implements Callback.BeforeFit,
        Callback.AfterStep,
        Callback.AfterEpoch,
        Callback.AfterFit,
        Callback.AfterFailure {
  private static final int LOOKS = 20;
  private static final int SILENCE = 5;

  private final Consumer<String> messages;
  private final Map<String, Integer> spoken = new LinkedHashMap<>();
  private Losses losses = new Losses();
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
    spoken.clear();
    losses = Losses.of(plan.before());
    watch = new Watch(plan.model());
  }

  @Override
  public void afterStep(StepReport step) {
    losses.add(step);
    if (watch != null) {
      watch.afterStep(step.batches() / LOOKS);
    }
  }

  @Override
  public void afterEpoch(EpochReport epoch) {
    losses.add(epoch);
    double agreement = watch == null ? Double.NaN : watch.agreement();
    List<Advice> all = new ArrayList<>(watch == null ? List.of() : watch.advice());
    CurveAdvice.of(losses, agreement).filter(one -> !contradicts(one, all)).ifPresent(all::add);
    ValidationAdvice.of(losses).ifPresent(all::add);
    all.sort(Comparator.comparing(Advice::topic));
    advice = List.copyOf(all);
    for (Advice one : advice) {
      String key = one.topic() + one.subject();
      if (epoch.epoch() - spoken.getOrDefault(key, -SILENCE) >= SILENCE) {
        spoken.put(key, epoch.epoch());
        messages.accept("coach, epoch " + epoch.epoch() + ": " + one.text());
      }
    }
  }

  /// Dead units ask for a lower rate, whatever the loss does.
  private static boolean contradicts(Advice one, List<Advice> all) {
    return one.topic() == Advice.Topic.SLOW
        && all.stream().anyMatch(other -> other.topic() == Advice.Topic.DEAD_RELUS);
  }

  @Override
  public void afterFit(History history) {
    forgetModel();
  }

  @Override
  public void afterFailure(Throwable failure) {
    forgetModel();
  }

  private void forgetModel() {
    if (watch != null) {
      watch.close();
      watch = null;
    }
  }
}
