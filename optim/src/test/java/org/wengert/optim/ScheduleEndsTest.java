package org.wengert.optim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.wengert.Parameter;
import org.wengert.StateException;
import org.wengert.tensor.OptionException;
import org.wengert.tensor.Tensor;

/// Where schedules end, to the last bit, and that one that cannot begin changes nothing.
class ScheduleEndsTest {
  private static final List<Double> RATES = List.of(0.1, 0.05, 1e-3, 0.3, 7.0);

  private static SGD sgd(double rate) {
    return new SGD(List.of(new Parameter(Tensor.of(1.0))), rate);
  }

  /// After `steps` steps, the rate is `share` times the first one, whatever that was.
  private static void assertEnds(
      double share, int steps, Function<Optimizer, LearningRateScheduler> make) {
    for (double rate : RATES) {
      SGD optimizer = sgd(rate);
      LearningRateScheduler schedule = make.apply(optimizer);
      for (int step = 0; step < steps; step++) {
        schedule.step();
      }
      assertEquals(rate * share, optimizer.learningRate(0), steps + " steps from " + rate);
    }
  }

  @Test
  void aLineEndsExactlyWhereItIsToEnd() {
    for (int n = 1; n < 60; n++) {
      for (double start : new double[] {1, 0.3, 1.0 / 3, 1e-3}) {
        for (double end : new double[] {0, 1, 0.01}) {
          LinearLR.Options options = new LinearLR.Options(start, end, n);
          assertEnds(end, n, optimizer -> new LinearLR(optimizer, options));
          assertEnds(end, n + 3, optimizer -> new LinearLR(optimizer, options));
        }
      }
    }
  }

  @Test
  void aPowerEndsWithNothing() {
    for (int n = 1; n < 60; n++) {
      int length = n;
      assertEnds(0, n, optimizer -> new PolynomialLR(optimizer, length, 1));
      assertEnds(0, n + 2, optimizer -> new PolynomialLR(optimizer, length, 0.9));
    }
  }

  @Test
  void aCosineComesBackToItsFirstRate() {
    for (int n = 1; n < 60; n++) {
      int period = n;
      assertEnds(0, n, optimizer -> new CosineAnnealingLR(optimizer, period));
      assertEnds(1, 2 * n, optimizer -> new CosineAnnealingLR(optimizer, period));
      assertEnds(1, n, optimizer -> new CosineAnnealingWarmRestarts(optimizer, period));
    }
  }

  @Test
  void aPartOfTheRateEndsWithAllOfIt() {
    for (double factor : new double[] {1.0 / 3, 0.3, 0.1, 0.7}) {
      assertEnds(1, 5, optimizer -> new ConstantLR(optimizer, factor, 4));
    }
  }

  @Test
  void anAveragingRateIsReachedExactly() {
    for (double rate : RATES) {
      for (int n = 1; n < 30; n++) {
        SGD optimizer = sgd(0.2);
        SWALR schedule = new SWALR(optimizer, rate, n, Annealing.LINEAR);
        for (int step = 0; step < n; step++) {
          schedule.step();
        }
        assertEquals(rate, optimizer.learningRate(0));
      }
    }
  }

  @Test
  void cyclesReachBothBounds() {
    for (Annealing annealing : Annealing.values()) {
      OneCycleLR.Options options = OneCycleLR.Options.defaults().annealing(annealing);
      for (double most : RATES) {
        for (int n = 2; n < 60; n++) {
          SGD optimizer = sgd(0.2);
          OneCycleLR schedule = new OneCycleLR(optimizer, most, n, options);
          for (int step = 1; step < n; step++) {
            schedule.step();
          }
          assertEquals(most * (1 / 25.0 / 1e4), optimizer.learningRate(0));
          assertEquals(0.95, optimizer.momentum(0));
        }
      }
    }
    CyclicLR.Options three = CyclicLR.Options.defaults().stepSizeUp(3);
    SGD optimizer = sgd(0.2);
    CyclicLR schedule = new CyclicLR(optimizer, 0.3, 0.1, three);
    for (int step = 0; step < 3; step++) {
      schedule.step();
    }
    assertEquals(0.1, optimizer.learningRate(0));
    assertEquals(0.8, optimizer.momentum(0));
  }

  @Test
  void aScheduleThatCannotBeginChangesNothing() {
    Adagrad adagrad = new Adagrad(List.of(new Parameter(Tensor.of(1.0))), 0.5);
    assertThrows(OptionException.class, () -> new OneCycleLR(adagrad, 0.1, 10));
    assertThrows(OptionException.class, () -> new CyclicLR(adagrad, 0.1, 0.2));
    assertEquals(0.5, adagrad.learningRate(0));
  }

  @Test
  void aRateThatCannotBeChangesNoGroup() {
    SGD two = sgd(1);
    two.addGroup(List.of(new Parameter(Tensor.of(1.0))), SGD.Options.defaults().learningRate(4));
    LambdaLR schedule = new LambdaLR(two, epoch -> epoch == 1 ? 1e308 : 0.5);
    assertThrows(OptionException.class, schedule::step);
    assertEquals(List.of(0.5, 2.0), schedule.learningRates());
    assertEquals(0, schedule.lastEpoch());
  }

  @Test
  void aSavedRateThatCannotBeIsRefused() {
    SGD optimizer = sgd(0.1);
    ExponentialLR schedule = new ExponentialLR(optimizer, 0.5);
    var saved = schedule.stateDict();
    saved.put("group0/initialLearningRate", Tensor.of(-0.1));
    assertEquals(
        """
        ExponentialLR.loadStateDict: the saved state does not fit
            impossible  group0/initialLearningRate  a learning rate of -0.1
          hint: build the optimizer with the parameters, names and groups it was saved with""",
        assertThrows(StateException.class, () -> schedule.loadStateDict(saved)).getMessage());
  }
}
