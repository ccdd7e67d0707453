package org.wengert.optim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.wengert.Parameter;
import org.wengert.StateException;
import org.wengert.tensor.OptionException;
import org.wengert.tensor.Tensor;

class LearningRateSchedulerTest {
  private final SGD sgd = new SGD(List.of(new Parameter(Tensor.of(1.0))), 0.05);

  @Test
  void stepLRFollowsItsClosedFormInEveryGroup() {
    sgd.addGroup(List.of(new Parameter(Tensor.of(2.0))), SGD.Options.defaults().learningRate(0.4));
    StepLR schedule = new StepLR(sgd, 3);
    for (int epoch = 0; epoch < 12; epoch++) {
      assertEquals(epoch, schedule.lastEpoch());
      double factor = Math.pow(0.1, epoch / 3);
      assertEquals(0.05 * factor, schedule.learningRates().get(0), 1e-15);
      assertEquals(0.4 * factor, schedule.learningRates().get(1), 1e-15);
      schedule.step();
    }
  }

  @Test
  void changesFromOutsideStay() {
    StepLR schedule = new StepLR(sgd, 2, 0.5);
    schedule.step();
    sgd.learningRate(0, 8);
    schedule.step();
    assertEquals(4, sgd.learningRate(0));
  }

  @Test
  void groupsAddedLaterAreScheduledToo() {
    StepLR schedule = new StepLR(sgd, 1, 0.5);
    schedule.step();
    sgd.addGroup(List.of(new Parameter(Tensor.of(2.0))), SGD.Options.defaults().learningRate(1));
    schedule.step();
    assertEquals(List.of(0.0125, 0.5), schedule.learningRates());
  }

  @Test
  void aScheduleResumesWithItsOptimizer() {
    StepLR schedule = new StepLR(sgd, 2, 0.1);
    schedule.step();
    SGD fresh = new SGD(List.of(new Parameter(Tensor.of(1.0))), 9);
    StepLR resumed = new StepLR(fresh, 2, 0.1);
    fresh.loadStateDict(sgd.stateDict());
    resumed.loadStateDict(schedule.stateDict());
    for (int epoch = 1; epoch < 8; epoch++) {
      assertEquals(schedule.lastEpoch(), resumed.lastEpoch());
      assertEquals(schedule.learningRates(), resumed.learningRates());
      schedule.step();
      resumed.step();
    }
  }

  @Test
  void aStateThatDoesNotFitIsRefused() {
    StepLR schedule = new StepLR(sgd, 2);
    var saved = schedule.stateDict();
    saved.remove("lastEpoch");
    assertEquals(
        """
        StepLR.loadStateDict: the saved state does not fit
            missing  lastEpoch  INT64 ()
          hint: build the optimizer with the parameters, names and groups it was saved with""",
        assertThrows(StateException.class, () -> schedule.loadStateDict(saved)).getMessage());
  }

  @Test
  void argumentsOutsideTheirDomainAreRefused() {
    assertEquals(
        """
        StepLR: stepSize is 0, but must be at least 1
          hint: give the number of epochs between two changes""",
        assertThrows(OptionException.class, () -> new StepLR(sgd, 0)).getMessage());
    assertEquals(
        """
        StepLR: gamma is NaN, but must be finite and at least 0
          hint: for example new StepLR(optimizer, 1, 0.1)""",
        assertThrows(OptionException.class, () -> new StepLR(sgd, 1, Double.NaN)).getMessage());
  }
}
