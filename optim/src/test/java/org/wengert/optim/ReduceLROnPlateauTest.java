package org.wengert.optim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.wengert.Parameter;
import org.wengert.StateException;
import org.wengert.tensor.Tensor;

class ReduceLROnPlateauTest {
  private final SGD sgd = new SGD(List.of(new Parameter(Tensor.of(1.0))), 1);
  private final ReduceLROnPlateau.Options options =
      ReduceLROnPlateau.Options.defaults().patience(1).factor(0.5);

  private List<Double> rates(ReduceLROnPlateau schedule, double... measurements) {
    List<Double> rates = new ArrayList<>();
    for (double measurement : measurements) {
      schedule.step(measurement);
      rates.add(sgd.learningRate(0));
    }
    return rates;
  }

  @Test
  void theRateFallsWhenPatienceIsOver() {
    ReduceLROnPlateau schedule = new ReduceLROnPlateau(sgd, options);
    assertEquals(
        List.of(1.0, 1.0, 0.5, 0.5, 0.25, 0.25, 0.25), rates(schedule, 3, 3, 3, 3, 3, 2, 2.1));
    assertEquals(7, schedule.lastEpoch());
    assertEquals(List.of(0.25), schedule.learningRates());
  }

  @Test
  void aChangeBelowTheThresholdIsNotBetter() {
    ReduceLROnPlateau relative = new ReduceLROnPlateau(sgd, options.threshold(0.1));
    assertEquals(List.of(1.0, 1.0, 0.5), rates(relative, 100, 91, 90));
    assertEquals(List.of(0.5, 0.5), rates(relative, 89.9, 81));
    sgd.learningRates(1);
    ReduceLROnPlateau absolute =
        new ReduceLROnPlateau(sgd, options.threshold(0.1).relative(false).maximize(true));
    assertEquals(List.of(1.0, 1.0, 1.0, 1.0, 0.5), rates(absolute, 5, 5.05, 5.11, 5.2, 5.2));
  }

  @Test
  void aRelativeThresholdMaximizesToo() {
    ReduceLROnPlateau schedule = new ReduceLROnPlateau(sgd, options.threshold(0.1).maximize(true));
    assertEquals(List.of(1.0, 1.0, 1.0, 1.0, 0.5), rates(schedule, 10, 10.9, 11.1, 12, 12.1));
  }

  @Test
  void epochsOfTheCooldownAreNotCounted() {
    ReduceLROnPlateau schedule = new ReduceLROnPlateau(sgd, options.cooldown(2));
    assertEquals(List.of(1.0, 1.0, 0.5, 0.5, 0.5, 0.5, 0.25), rates(schedule, 1, 1, 1, 1, 1, 1, 1));
  }

  @Test
  void ratesStopAtTheLeastAndWhereChangesAreTooSmall() {
    ReduceLROnPlateau least = new ReduceLROnPlateau(sgd, options.patience(0).least(0.3));
    assertEquals(List.of(1.0, 0.5, 0.3, 0.3), rates(least, 1, 1, 1, 1));
    sgd.learningRates(1);
    ReduceLROnPlateau coarse = new ReduceLROnPlateau(sgd, options.patience(0).eps(0.3));
    assertEquals(List.of(1.0, 0.5, 0.5), rates(coarse, 1, 1, 1));
  }

  @Test
  void whatIsNotANumberIsNotBetter() {
    ReduceLROnPlateau schedule = new ReduceLROnPlateau(sgd, options);
    assertEquals(List.of(1.0, 0.5, 0.5), rates(schedule, Double.NaN, Double.NaN, 4));
  }

  @Test
  void everyGroupIsLowered() {
    sgd.addGroup(List.of(new Parameter(Tensor.of(2.0))), SGD.Options.defaults().learningRate(8));
    ReduceLROnPlateau schedule = new ReduceLROnPlateau(sgd, options.patience(0));
    schedule.step(1);
    schedule.step(1);
    assertEquals(List.of(0.5, 4.0), schedule.learningRates());
  }

  @Test
  void theDefaultsArePyTorchs() {
    assertEquals(
        new ReduceLROnPlateau.Options(false, 0.1, 10, 1e-4, true, 0, 0, 1e-8),
        ReduceLROnPlateau.Options.defaults());
    ReduceLROnPlateau schedule = new ReduceLROnPlateau(sgd);
    List<Double> rates = rates(schedule, new double[12]);
    assertEquals(1, rates.get(10));
    assertEquals(0.1, rates.get(11));
  }

  @Test
  void itResumesInAnyEpochWithTheSameBits() {
    for (int saved = 0; saved < 15; saved++) {
      Random random = new Random(3);
      SGD fresh = new SGD(List.of(new Parameter(Tensor.of(1.0))), 9);
      sgd.learningRates(1);
      ReduceLROnPlateau schedule = new ReduceLROnPlateau(sgd, options.cooldown(1));
      ReduceLROnPlateau resumed = new ReduceLROnPlateau(fresh, options.cooldown(1));
      for (int epoch = 0; epoch < 30; epoch++) {
        if (epoch == saved) {
          fresh.loadStateDict(sgd.stateDict());
          resumed.loadStateDict(schedule.stateDict());
        }
        double measurement = random.nextDouble();
        schedule.step(measurement);
        if (epoch >= saved) {
          resumed.step(measurement);
          assertEquals(schedule.learningRates(), resumed.learningRates());
          assertEquals(schedule.lastEpoch(), resumed.lastEpoch());
        }
      }
      assertTrue(sgd.learningRate(0) < 1);
    }
  }

  @Test
  void aStateThatDoesNotFitIsRefused() {
    ReduceLROnPlateau schedule = new ReduceLROnPlateau(sgd);
    var saved = schedule.stateDict();
    saved.remove("best");
    assertEquals(
        """
        ReduceLROnPlateau.loadStateDict: the saved state does not fit
            missing  best  FLOAT64 ()
          hint: build the optimizer with the parameters, names and groups it was saved with""",
        assertThrows(StateException.class, () -> schedule.loadStateDict(saved)).getMessage());
  }
}
