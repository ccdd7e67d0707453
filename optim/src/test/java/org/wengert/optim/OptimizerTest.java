package org.wengert.optim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.junit.jupiter.api.Test;
import org.wengert.Parameter;
import org.wengert.StateException;
import org.wengert.backend.Update;
import org.wengert.tensor.DType;
import org.wengert.tensor.OptionException;
import org.wengert.tensor.Shape;
import org.wengert.tensor.Tensor;

class OptimizerTest {
  private final Parameter weight = new Parameter(Tensor.of(1.0, -2.0)).named("weight");
  private final Parameter bias = new Parameter(Tensor.of(0.5)).named("bias");
  private final List<Parameter> both = List.of(weight, bias);

  private static void giveGradients(List<Parameter> parameters) {
    parameters.forEach(p -> p.setGrad(Tensor.full(p.shape(), 0.25, p.dtype())));
  }

  private static void assertMessage(String expected, Exception error) {
    assertEquals(expected, error.getMessage());
  }

  @Test
  void anEmptyParameterListSaysWhatWasLookedAt() {
    assertMessage(
        """
        SGD got an empty parameter list: group 0 has 0 parameters
          hint: pass model.parameters(); if that is empty, the model's fields hold no Parameter \
        and no module with one""",
        assertThrows(OptionException.class, () -> new SGD(List.of(), 0.1)));
  }

  @Test
  void aParameterGivenTwiceIsNamed() {
    assertMessage(
        """
        Adam got parameter 'weight' of shape (2) twice: at place 0 of group 0 and place 2 of group 0
          hint: a parameter belongs to one group, once; leave it out of one of them""",
        assertThrows(OptionException.class, () -> new Adam(List.of(weight, bias, weight))));
  }

  @Test
  void aParameterOfAnEarlierGroupIsNamedAndTheGroupNotAdded() {
    SGD sgd = new SGD(both, 0.1);
    SGD.Options options = SGD.Options.defaults();
    Parameter extra = new Parameter(Tensor.of(3.0));
    String message =
        assertThrows(OptionException.class, () -> sgd.addGroup(List.of(extra, bias), options))
            .getMessage();
    assertTrue(
        message.startsWith(
            "SGD got parameter 'bias' of shape () twice: at place 1 of group 0 and place 1 of"
                + " group 1"),
        message);
    assertEquals(1, sgd.groups().size());
  }

  @Test
  void aStepWithoutAnyGradientSaysWhatToDo() {
    SGD sgd = new SGD(both, 0.1);
    assertMessage(
        """
        SGD.step() found no gradient at any of its 2 parameters, 0 of them frozen
          hint: call loss.backward() between zeroGrad() and step(); if you did, the loss is not \
        connected to these parameters: look for detach(), noGrad(..), value(), or parameters of \
        another model""",
        assertThrows(StateException.class, sgd::step));
  }

  @Test
  void aStepOfFrozenParametersOnlySaysSo() {
    giveGradients(both);
    both.forEach(p -> p.requiresGrad(false));
    assertMessage(
        """
        SGD.step() found no gradient at any of its 2 parameters, 2 of them frozen
          hint: thaw at least one with requiresGrad(true), or do not step""",
        assertThrows(StateException.class, new SGD(both, 0.1)::step));
  }

  @Test
  void frozenParametersAndThoseWithoutGradientStay() {
    Parameter third = new Parameter(Tensor.of(7.0));
    SGD sgd = new SGD(List.of(weight, bias, third), 0.1);
    giveGradients(both);
    bias.requiresGrad(false);
    sgd.step();
    assertEquals(1 - 0.025, weight.value().at(0), 1e-15);
    assertEquals(0.5, bias.item());
    assertEquals(7, third.item());
  }

  @Test
  void zeroGradForgetsTheGradientsOfAllGroups() {
    SGD sgd = new SGD(List.of(weight), 0.1);
    sgd.addGroup(List.of(bias), SGD.Options.defaults());
    giveGradients(both);
    sgd.zeroGrad();
    assertNull(weight.grad());
    assertNull(bias.grad());
  }

  @Test
  void learningRatesOutsideTheirDomainAreRefusedByNameValueAndDomain() {
    for (double bad : new double[] {Double.NaN, -0.1, Double.POSITIVE_INFINITY}) {
      String message = assertThrows(OptionException.class, () -> new SGD(both, bad)).getMessage();
      assertEquals(
          "SGD: learningRate is "
              + bad
              + ", but must be finite and at least 0\n"
              + "  hint: for example SGD.Options.defaults().learningRate(0.01)",
          message);
    }
    SGD sgd = new SGD(both, 0.1);
    assertThrows(OptionException.class, () -> sgd.learningRate(0, Double.NaN));
    assertEquals(0.1, sgd.learningRate(0));
  }

  @Test
  void otherOptionsOutsideTheirDomainAreRefused() {
    assertRefused("SGD: momentum is -1.0", () -> SGD.Options.defaults().momentum(-1));
    assertRefused("SGD: dampening is NaN", () -> SGD.Options.defaults().dampening(Double.NaN));
    assertRefused("SGD: weightDecay is -1.0", () -> SGD.Options.defaults().weightDecay(-1));
    assertRefused(
        "SGD: nesterov with momentum 0.0 and dampening 0.0",
        () -> SGD.Options.defaults().nesterov(true));
    assertRefused("Adam: beta1 is 1.0", () -> Adam.Options.defaults().betas(1, 0.5));
    assertRefused("AdamW: beta2 is NaN", () -> AdamW.Options.defaults().beta2(Double.NaN));
    assertRefused("Adam: eps is -1.0", () -> Adam.Options.defaults().eps(-1));
    assertRefused("AdamW: weightDecay is -1.0", () -> AdamW.Options.defaults().weightDecay(-1));
    assertRefused("RMSprop: alpha is 2.0", () -> RMSprop.Options.defaults().alpha(2));
    assertRefused("RMSprop: momentum is -1.0", () -> RMSprop.Options.defaults().momentum(-1));
    assertRefused("NAdam: momentumDecay is -1.0", () -> NAdam.Options.defaults().momentumDecay(-1));
    assertRefused("RAdam: beta1 is 1.0", () -> RAdam.Options.defaults().beta1(1));
    assertRefused("Adamax: eps is NaN", () -> Adamax.Options.defaults().eps(Double.NaN));
    assertRefused(
        "Adagrad: learningRateDecay is -1.0",
        () -> Adagrad.Options.defaults().learningRateDecay(-1));
    assertRefused("Adadelta: rho is 1.0", () -> Adadelta.Options.defaults().rho(1));
    assertRefused(
        "Rprop: etaMinus is 0.5 and etaPlus is 1.0", () -> Rprop.Options.defaults().etaPlus(1));
    assertRefused(
        "Rprop: minStepSize is 1.0E-6 and maxStepSize is 0.0",
        () -> Rprop.Options.defaults().maxStepSize(0));
    assertRefused("Lion: beta2 is -0.1", () -> Lion.Options.defaults().beta2(-0.1));
    assertRefused("LBFGS: maxIter is 0", () -> LBFGS.Options.defaults().maxIter(0));
    assertRefused("LBFGS: curvature is 1.0", () -> LBFGS.Options.defaults().curvature(1));
  }

  private static void assertRefused(String start, Runnable makeOptions) {
    String message = assertThrows(OptionException.class, makeOptions::run).getMessage();
    assertTrue(message.startsWith(start), message);
  }

  @Test
  void aGroupThatDoesNotExistIsRefused() {
    SGD sgd = new SGD(both, 0.1);
    assertMessage(
        """
        SGD has no group 1 among 1
          hint: groups are numbered from 0""",
        assertThrows(OptionException.class, () -> sgd.learningRate(1, 0.1)));
  }

  @Test
  void oneLearningRateMaySetAllGroups() {
    RMSprop optimizer = new RMSprop(List.of(weight));
    optimizer.addGroup(List.of(bias), RMSprop.Options.defaults().learningRate(0.5));
    optimizer.learningRates(0.25);
    assertEquals(0.25, optimizer.learningRate(0));
    assertEquals(0.25, optimizer.learningRate(1));
  }

  @Test
  void stateOfFloat32ParametersIsFloat32() {
    Parameter single = new Parameter(Tensor.of(1f, 2f)).named("single");
    for (OptimizerCatalogue.Entry<?> entry : OptimizerCatalogue.entries()) {
      Optimizer optimizer = entry.optimizer(List.of(single), 0.1);
      giveGradients(List.of(single));
      optimizer.step();
      assertEquals(DType.FLOAT32, single.dtype());
      optimizer.stateDict().forEach((key, value) -> assertSingle(key, value));
    }
  }

  private static void assertSingle(String key, Tensor value) {
    if (key.startsWith("single/") && value.rank() > 0) {
      assertEquals(DType.FLOAT32, value.dtype(), key);
    }
  }

  @Test
  void stateFollowsAParameterToAnotherType() {
    Parameter single = new Parameter(Tensor.of(1f, 2f)).named("single");
    SGD sgd = new SGD(List.of(single), 0.1, 0.9);
    giveGradients(List.of(single));
    sgd.step();
    single.convert(DType.FLOAT64);
    giveGradients(List.of(single));
    sgd.step();
    Tensor buffer = sgd.stateDict().get("single/momentumBuffer");
    assertEquals(DType.FLOAT64, buffer.dtype());
    assertEquals(0.9 * 0.25 + 0.25, buffer.at(0), 1e-15);
  }

  @Test
  void momentumIsChangedWhereThereIsOne() {
    SGD sgd = new SGD(both, 0.1, 0.9);
    sgd.momentum(0, 0.25);
    assertEquals(0.25, sgd.momentum(0));
    assertThrows(OptionException.class, () -> sgd.momentum(0, -1));
    Adam adam = new Adam(both);
    adam.momentum(0, 0.25);
    assertEquals(0.25, adam.groups().getFirst().options().beta1());
    assertMessage(
        """
        Rprop has no momentum
          hint: use a method that has, such as SGD or Adam; schedules take cycleMomentum(false)""",
        assertThrows(OptionException.class, () -> new Rprop(both).momentum(0)));
  }

  @Test
  void aUsersOptimizerIsOneClass() {
    record SignOptions(double learningRate) implements Options<SignOptions> {
      @Override
      public SignOptions learningRate(double learningRate) {
        return new SignOptions(learningRate);
      }
    }
    record Sign(double learningRate) implements Update {
      @Override
      public void apply(double gradient, double[] state) {
        state[0] -= learningRate * Math.signum(gradient);
      }
    }
    final class SignDescent extends ElementwiseOptimizer<SignOptions> {
      SignDescent(List<Parameter> parameters, double learningRate) {
        super(List.of(ParameterGroup.of(parameters, new SignOptions(learningRate))));
      }

      @Override
      protected List<String> slots(SignOptions options) {
        return List.of();
      }

      @Override
      protected Update rule(SignOptions options, long step) {
        return new Sign(options.learningRate);
      }
    }
    SignDescent optimizer = new SignDescent(both, 0.5);
    giveGradients(both);
    optimizer.step();
    assertEquals(0.5, weight.value().at(0));
    SignDescent resumed = new SignDescent(both, 9);
    resumed.loadStateDict(optimizer.stateDict());
    assertEquals(0.5, resumed.learningRate(0));
  }

  @Test
  void namesOfAMapAreUsedForTheState() {
    SequencedMap<String, Parameter> named = new LinkedHashMap<>();
    named.put("layer.weight", weight);
    named.put("layer.bias", bias);
    assertEquals(
        List.of(
            "group0/learningRate",
            "group0/alpha",
            "group0/eps",
            "group0/weightDecay",
            "group0/momentum",
            "group0/centered",
            "group0/maximize",
            "layer.weight/step",
            "layer.weight/squareAvg",
            "layer.bias/step",
            "layer.bias/squareAvg"),
        List.copyOf(
            new RMSprop(ParameterGroup.of(named, RMSprop.Options.defaults()))
                .stateDict()
                .keySet()));
  }

  @Test
  void groupsWithAsManyNamesAsParametersOnly() {
    assertMessage(
        """
        1 names for the 2 parameters of a group
          hint: give one name for each parameter; it may be empty""",
        assertThrows(
            OptionException.class,
            () -> new ParameterGroup<>(both, List.of("a"), SGD.Options.defaults())));
  }

  @Test
  void toStringShowsGroupsAndOptions() {
    assertEquals(
        """
        SGD
          group 0: 2 parameters, Options[learningRate=0.1, momentum=0.9, dampening=0.0, \
        nesterov=false, weightDecay=0.0, maximize=false, rateInVelocity=false]""",
        new SGD(both, 0.1, 0.9).toString());
  }

  @Test
  void optionsThatCannotBeSavedAreRefused() {
    record Odd(double learningRate, String name) implements Options<Odd> {
      @Override
      public Odd learningRate(double learningRate) {
        return new Odd(learningRate, name);
      }
    }
    final class OddOptimizer extends ElementwiseOptimizer<Odd> {
      OddOptimizer() {
        super(List.of(ParameterGroup.of(both, new Odd(1, "x"))));
      }

      @Override
      protected List<String> slots(Odd options) {
        return List.of();
      }

      @Override
      protected Update rule(Odd options, long step) {
        return (gradient, state) -> state[0] = gradient;
      }
    }
    assertMessage(
        """
        option name is a java.lang.String
          hint: declare options as a record of double, int and boolean components""",
        assertThrows(OptionException.class, OddOptimizer::new));
  }

  @Test
  void emptyParametersAreNoProblem() {
    Parameter nothing = new Parameter(Tensor.zeros(Shape.of(0, 3), DType.FLOAT32));
    nothing.setGrad(Tensor.zeros(Shape.of(0, 3), DType.FLOAT32));
    Adam adam = new Adam(List.of(nothing));
    adam.step();
    Map<String, Tensor> state = adam.stateDict();
    assertEquals(1, state.get("0/step").longAt());
  }
}
