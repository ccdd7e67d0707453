package org.wengert.optim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.wengert.Parameter;
import org.wengert.StateException;
import org.wengert.tensor.OptionException;
import org.wengert.tensor.Tensor;

class LearningRateSchedulerTest {
  private final SGD sgd = new SGD(List.of(new Parameter(Tensor.of(1.0))), 0.05);

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
  void everyGroupMayHaveAFactorOfItsOwn() {
    sgd.addGroup(List.of(new Parameter(Tensor.of(2.0))), SGD.Options.defaults().learningRate(1));
    LambdaLR schedule = new LambdaLR(sgd, List.of(epoch -> 1, epoch -> 1.0 / (1 + epoch)));
    schedule.step();
    assertEquals(List.of(0.05, 0.5), schedule.learningRates());
    assertRefused(
        "LambdaLR: 1 factors for 2 groups", () -> new LambdaLR(sgd, List.of(epoch -> 0.5)));
    sgd.addGroup(List.of(new Parameter(Tensor.of(3.0))), SGD.Options.defaults());
    assertEquals(
        """
        LambdaLR has no factor for group 2, which was added later
          hint: add all groups before the schedule is made""",
        assertThrows(StateException.class, schedule::step).getMessage());
    assertEquals(List.of(0.05, 0.5, 1e-3), schedule.learningRates());
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

  private static void assertRefused(String expected, Executable make) {
    String message = assertThrows(OptionException.class, make).getMessage();
    assertEquals(expected, message.lines().findFirst().orElseThrow());
  }

  @Test
  void argumentsOfTheOtherSchedulesAreChecked() {
    assertRefused("MultiStepLR: milestone 3 after 3", () -> new MultiStepLR(sgd, List.of(3, 3)));
    assertRefused("MultiStepLR: milestone 0 after 0", () -> new MultiStepLR(sgd, List.of(0)));
    assertRefused(
        "ExponentialLR: gamma is -1.0, but must be finite and at least 0",
        () -> new ExponentialLR(sgd, -1));
    assertRefused(
        "ConstantLR: factor is 0.0, but must be above 0 and at most 1",
        () -> new ConstantLR(sgd, 0, 5));
    assertRefused(
        "LinearLR: endFactor is 1.5, but must be at least 0 and at most 1",
        () -> new LinearLR(sgd, LinearLR.Options.defaults().startFactor(1).endFactor(1.5)));
    assertRefused(
        "PolynomialLR: totalIters is 0, but must be at least 1", () -> new PolynomialLR(sgd, 0, 1));
    assertRefused(
        "CosineAnnealingLR: period is 0, but must be at least 1",
        () -> new CosineAnnealingLR(sgd, 0));
    assertRefused(
        "CosineAnnealingWarmRestarts: multiplier is 0, but must be at least 1",
        () -> CosineAnnealingWarmRestarts.Options.defaults().multiplier(0));
    assertRefused(
        "SWALR: rate is NaN, but must be finite and at least 0", () -> new SWALR(sgd, Double.NaN));
  }

  @Test
  void optionsOfSchedulesAreChecked() {
    assertRefused(
        "OneCycleLR: pctStart is 2.0, but must be at least 0 and at most 1",
        () -> OneCycleLR.Options.defaults().pctStart(2));
    assertRefused(
        "OneCycleLR: divFactor is 0.0, but must be finite and above 0",
        () -> OneCycleLR.Options.defaults().divFactor(0));
    assertRefused(
        "CyclicLR: stepSizeDown is 0, but must be at least 1",
        () -> CyclicLR.Options.defaults().stepSizeDown(0));
    assertRefused(
        "ReduceLROnPlateau: factor is 1.0, but must be at least 0 and below 1",
        () -> ReduceLROnPlateau.Options.defaults().factor(1));
  }

  @Test
  void moreStepsThanTheCycleHasAreRefused() {
    OneCycleLR schedule = new OneCycleLR(sgd, 0.1, 2);
    schedule.step();
    schedule.step();
    assertEquals(
        """
        OneCycleLR.step() was called 3 times in a cycle of 2
          hint: give the number of all steps of the training, epochs times batches""",
        assertThrows(StateException.class, schedule::step).getMessage());
    assertEquals(2, schedule.lastEpoch());
  }

  @Test
  void momentumGoesDownWhereTheRateGoesUp() {
    OneCycleLR schedule =
        new OneCycleLR(
            sgd, 1, 11, OneCycleLR.Options.defaults().pctStart(0.5).annealing(Annealing.LINEAR));
    List<Double> momenta = new ArrayList<>();
    for (int step = 0; step < 11; step++) {
      momenta.add(Math.round(1000 * sgd.momentum(0)) / 1000.0);
      schedule.step();
    }
    assertEquals(
        List.of(0.95, 0.928, 0.906, 0.883, 0.861, 0.859, 0.877, 0.895, 0.914, 0.932, 0.95),
        momenta);
  }

  @Test
  void theThirdPhaseKeepsTheMomentum() {
    OneCycleLR schedule =
        new OneCycleLR(sgd, 1, 20, OneCycleLR.Options.defaults().threePhase(true));
    for (int step = 0; step < 10; step++) {
      schedule.step();
    }
    for (int step = 10; step < 20; step++) {
      assertEquals(0.95, sgd.momentum(0), 1e-15);
      schedule.step();
    }
  }

  @Test
  void betasCycleToo() {
    Adam adam = new Adam(List.of(new Parameter(Tensor.of(1.0))));
    CyclicLR schedule = new CyclicLR(adam, 0.1, 0.2, CyclicLR.Options.defaults().stepSizeUp(2));
    List<Double> betas = new ArrayList<>();
    for (int step = 0; step < 5; step++) {
      betas.add(Math.round(1000 * adam.groups().getFirst().options().beta1()) / 1000.0);
      schedule.step();
    }
    assertEquals(List.of(0.9, 0.85, 0.8, 0.85, 0.9), betas);
  }

  @Test
  void aMethodWithoutMomentumSaysHowToCycleTheRateAlone() {
    Adagrad adagrad = new Adagrad(List.of(new Parameter(Tensor.of(1.0))));
    assertEquals(
        """
        Adagrad has no momentum
          hint: use a method that has, such as SGD or Adam; schedules take cycleMomentum(false)""",
        assertThrows(OptionException.class, () -> new OneCycleLR(adagrad, 1, 10)).getMessage());
    OneCycleLR.Options alone = OneCycleLR.Options.defaults().cycleMomentum(false);
    assertEquals(0.04, new OneCycleLR(adagrad, 1, 10, alone).learningRates().getFirst(), 1e-15);
  }

  /// Training with a cycled momentum starts without a buffer, which appears then.
  @Test
  void aMomentumThatAppearsLaterStartsFromRest() {
    Parameter w = new Parameter(Tensor.of(1.0));
    SGD plain = new SGD(List.of(w), 0.1);
    w.setGrad(Tensor.of(1.0));
    plain.step();
    plain.momentum(0, 0.5);
    plain.step();
    plain.step();
    assertEquals(1 - 0.1 - 0.1 - 0.15, w.item(), 1e-15);
  }

  @Test
  void aWarmUpGoesBeforeAnotherSchedule() {
    SequentialLR schedule =
        new SequentialLR(
            sgd,
            List.of(
                new LinearLR(sgd, LinearLR.Options.defaults().startFactor(0.2).totalIters(4)),
                new StepLR(sgd, 2, 0.5)),
            List.of(4));
    List<Double> rates = new ArrayList<>();
    for (int epoch = 0; epoch < 9; epoch++) {
      rates.add(Math.round(1e6 * sgd.learningRate(0)) / 1e6);
      schedule.step();
    }
    assertEquals(List.of(0.01, 0.02, 0.03, 0.04, 0.05, 0.05, 0.025, 0.025, 0.0125), rates);
  }

  @Test
  void compositesMayBeNested() {
    SequentialLR schedule =
        new SequentialLR(
            sgd,
            List.of(
                new ChainedScheduler(
                    List.of(
                        new ConstantLR(sgd, 0.5, 9),
                        new LinearLR(
                            sgd, LinearLR.Options.defaults().startFactor(0.5).totalIters(2)))),
                new SequentialLR(
                    sgd, List.of(new ConstantLR(sgd, 0.2, 9), new StepLR(sgd, 9)), List.of(2))),
            List.of(3));
    List<Double> factors = new ArrayList<>();
    for (int epoch = 0; epoch < 7; epoch++) {
      factors.add(Math.round(1e6 * sgd.learningRate(0) / 0.05) / 1e6);
      schedule.step();
    }
    assertEquals(List.of(0.25, 0.375, 0.5, 0.2, 0.2, 1.0, 1.0), factors);
  }

  @Test
  void compositesOfNothingOrOfOthersAreRefused() {
    assertRefused("ChainedScheduler: got no schedules", () -> new ChainedScheduler(List.of()));
    SGD other = new SGD(List.of(new Parameter(Tensor.of(1.0))), 0.05);
    StepLR elsewhere = new StepLR(other, 2);
    StepLR here = new StepLR(sgd, 2);
    assertRefused(
        "SequentialLR: schedule 1 is that of another optimizer",
        () -> new SequentialLR(sgd, List.of(here, elsewhere), List.of(2)));
    assertRefused(
        "SequentialLR: 1 milestones for 1 schedules",
        () -> new SequentialLR(sgd, List.of(here), List.of(2)));
  }

  @Test
  void schedulesMadeInAnotherOrderAreRefused() {
    LinearLR warmUp = new LinearLR(sgd, LinearLR.Options.defaults().startFactor(0.1));
    ExponentialLR after = new ExponentialLR(sgd, 0.9);
    String message =
        assertThrows(
                OptionException.class,
                () -> new SequentialLR(sgd, List.of(after, warmUp), List.of(5)))
            .getMessage();
    assertEquals(
        """
        SequentialLR: schedule 0 left the rates at [0.005000000000000001], then they were [0.05]
          hint: make the schedules with the same optimizer and in the order of the list, one right \
        after the other, and step none of them""",
        message);
  }

  @Test
  void schedulesThatWereSteppedAreRefused() {
    StepLR stepped = new StepLR(sgd, 5);
    stepped.step();
    assertRefused(
        "ChainedScheduler: schedule 0 has been stepped already",
        () -> new ChainedScheduler(List.of(stepped)));
  }
}
