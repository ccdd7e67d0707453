package org.wengert.optim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.wengert.Parameter;
import org.wengert.optim.ScheduleCatalogue.Entry;
import org.wengert.tensor.Tensor;

/// What is true of every schedule.
class LearningRateSchedulerClaims {
  private static final int EPOCHS = 20;

  static List<Entry> schedules() {
    return ScheduleCatalogue.entries();
  }

  private static Adam twoGroups() {
    Adam adam = new Adam(List.of(new Parameter(Tensor.of(1.0))), 0.05);
    adam.addGroup(
        List.of(new Parameter(Tensor.of(2.0))), Adam.Options.defaults().learningRate(0.4));
    return adam;
  }

  @ParameterizedTest
  @MethodSource("schedules")
  void everyScheduleFollowsItsClosedFormInEveryGroup(Entry entry) {
    LearningRateScheduler schedule = entry.make().apply(twoGroups());
    for (int epoch = 0; epoch < EPOCHS; epoch++) {
      assertEquals(epoch, schedule.lastEpoch());
      List<Double> rates = schedule.learningRates();
      assertEquals(entry.form().rate(epoch, 0.05), rates.get(0), 1e-14, "epoch " + epoch);
      assertEquals(entry.form().rate(epoch, 0.4), rates.get(1), 1e-14, "epoch " + epoch);
      schedule.step();
    }
  }

  /// Rates and momenta, which are in the optimizer's options.
  @ParameterizedTest
  @MethodSource("schedules")
  void everyScheduleResumesInAnyEpochWithTheSameBits(Entry entry) {
    for (int saved = 0; saved < EPOCHS; saved++) {
      Adam adam = twoGroups();
      LearningRateScheduler schedule = entry.make().apply(adam);
      advance(schedule, saved);
      Adam fresh = twoGroups();
      fresh.learningRate(0, 77);
      LearningRateScheduler resumed = entry.make().apply(fresh);
      fresh.loadStateDict(adam.stateDict());
      resumed.loadStateDict(schedule.stateDict());
      for (int epoch = saved; epoch < EPOCHS; epoch++) {
        assertEquals(options(adam), options(fresh), "epoch " + epoch + ", saved in " + saved);
        assertEquals(schedule.stateDict().keySet(), resumed.stateDict().keySet());
        resumed
            .stateDict()
            .forEach(
                (key, value) -> assertTrue(value.sameBits(schedule.stateDict().get(key)), key));
        schedule.step();
        resumed.step();
      }
    }
  }

  private static void advance(LearningRateScheduler schedule, int epochs) {
    for (int epoch = 0; epoch < epochs; epoch++) {
      schedule.step();
    }
  }

  private static List<Adam.Options> options(Adam adam) {
    return adam.groups().stream().map(ParameterGroup::options).toList();
  }

  @ParameterizedTest
  @MethodSource("schedules")
  void groupsAddedLaterAreScheduledFromThenOn(Entry entry) {
    Adam adam = twoGroups();
    LearningRateScheduler schedule = entry.make().apply(adam);
    schedule.step();
    adam.addGroup(List.of(new Parameter(Tensor.of(3.0))), Adam.Options.defaults().learningRate(1));
    advance(schedule, EPOCHS - 1);
    assertTrue(schedule.stateDict().containsKey("group2/initialLearningRate"));
    assertTrue(schedule.learningRates().get(2) != 1 || entry.form().rate(EPOCHS, 1) == 1);
  }
}
