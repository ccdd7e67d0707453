package org.wengert.optim;

import java.util.List;
import java.util.Map;
import org.wengert.StateCheck;
import org.wengert.tensor.OptionException;
import org.wengert.tensor.Tensor;

/// A schedule made of others. Since each of them may have changed the rates when it was made, only
/// the first has seen those with which training begins; the others learn them here.
abstract sealed class CompositeScheduler extends LearningRateScheduler
    permits SequentialLR, ChainedScheduler {
  private final List<LearningRateScheduler> parts;

  CompositeScheduler(String name, Optimizer optimizer, List<LearningRateScheduler> parts) {
    super(optimizer);
    this.parts = List.copyOf(parts);
    requireTheOrderOfMaking(name);
    initial(parts.getFirst().initial());
  }

  @Override
  final void initial(List<Double> rates) {
    super.initial(rates);
    parts.forEach(part -> part.initial(rates));
  }

  final List<LearningRateScheduler> parts() {
    return parts;
  }

  static List<LearningRateScheduler> notEmpty(String name, List<LearningRateScheduler> parts) {
    if (parts.isEmpty()) {
      throw (OptionException)
          new OptionException("got no schedules").hint("give at least one").during(name);
    }
    return parts;
  }

  private void requireTheOrderOfMaking(String name) {
    for (int i = 0; i < parts.size(); i++) {
      LearningRateScheduler part = parts.get(i);
      List<Double> next = i + 1 < parts.size() ? parts.get(i + 1).initial() : learningRates();
      String problem =
          part.optimizer() != optimizer()
              ? " is that of another optimizer"
              : part.lastEpoch() > 0
                  ? " has been stepped already"
                  : part.begun().equals(next)
                      ? ""
                      : " left the rates at " + part.begun() + ", then they were " + next;
      if (!problem.isEmpty()) {
        throw (OptionException)
            new OptionException("schedule " + i + problem)
                .hint(
                    "make the schedules with the same optimizer and in the order of the list, one"
                        + " right after the other, and step none of them")
                .during(name);
      }
    }
  }

  @Override
  final void meetNewGroups() {
    super.meetNewGroups();
    parts.forEach(LearningRateScheduler::meetNewGroups);
  }

  @Override
  final void save(String prefix, Map<String, Tensor> state) {
    super.save(prefix, state);
    for (int i = 0; i < parts.size(); i++) {
      parts.get(i).save(prefix + i + "/", state);
    }
  }

  @Override
  final void expect(String prefix, StateCheck check) {
    super.expect(prefix, check);
    for (int i = 0; i < parts.size(); i++) {
      parts.get(i).expect(prefix + i + "/", check);
    }
  }

  @Override
  final void load(String prefix, Map<String, Tensor> state) {
    super.load(prefix, state);
    for (int i = 0; i < parts.size(); i++) {
      parts.get(i).load(prefix + i + "/", state);
    }
  }
}
