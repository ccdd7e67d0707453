package org.wengert.optim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.LinkedHashMap;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.wengert.Parameter;
import org.wengert.StateException;
import org.wengert.tensor.DType;
import org.wengert.tensor.OptionException;
import org.wengert.tensor.Shape;
import org.wengert.tensor.Tensor;

class StateDictTest {
  private final Parameter weight = new Parameter(Tensor.of(1.0, -2.0)).named("weight");
  private final Parameter bias = new Parameter(Tensor.of(0.5)).named("bias");
  private final SGD sgd = new SGD(List.of(weight, bias), 0.1, 0.9);

  private void step() {
    weight.setGrad(Tensor.of(0.25, 0.75));
    bias.setGrad(Tensor.of(-1.0));
    sgd.step();
  }

  private static void assertSameState(
      LinkedHashMap<String, Tensor> expected, LinkedHashMap<String, Tensor> actual) {
    assertEquals(List.copyOf(expected.keySet()), List.copyOf(actual.keySet()));
    expected.forEach((key, value) -> assertTrue(value.sameBits(actual.get(key)), key));
  }

  @Test
  void theKeysAreOptionsThenSlotsByName() {
    assertEquals(
        List.of(
            "group0/learningRate",
            "group0/momentum",
            "group0/dampening",
            "group0/nesterov",
            "group0/weightDecay",
            "group0/maximize",
            "group0/rateInVelocity",
            "weight/step",
            "weight/momentumBuffer",
            "bias/step",
            "bias/momentumBuffer"),
        List.copyOf(sgd.stateDict().keySet()));
  }

  @Test
  void numbersOfStepsAreLongScalars() {
    step();
    Tensor steps = sgd.stateDict().get("weight/step");
    assertEquals(DType.INT64, steps.dtype());
    assertEquals(Shape.SCALAR, steps.shape());
    assertEquals(1, steps.longAt());
  }

  @Test
  void whatIsTheSameForAllElementsIsKeptOnce() {
    NAdam nadam = new NAdam(List.of(weight));
    weight.setGrad(Tensor.full(weight.shape(), 0.25, weight.dtype()));
    nadam.step();
    var state = nadam.stateDict();
    assertEquals(Shape.SCALAR, state.get("weight/muProduct").shape());
    assertEquals(
        0.9 * (1 - 0.5 * Math.pow(0.96, 4e-3)), state.get("weight/muProduct").item(), 1e-15);
  }

  @Test
  void positionsStandInForMissingOrRepeatedNames() {
    for (String name : List.of("", "twin")) {
      Parameter a = new Parameter(Tensor.of(1.0)).named(name);
      Parameter b = new Parameter(Tensor.of(1.0)).named(name);
      SGD optimizer = new SGD(List.of(a), 0.1, 0.9);
      optimizer.addGroup(List.of(b), SGD.Options.defaults());
      List<String> keys = List.copyOf(optimizer.stateDict().sequencedKeySet());
      assertEquals(List.of("0/step", "0/momentumBuffer", "1/step"), keys.subList(14, 17));
    }
  }

  @Test
  void theTensorsAreCopies() {
    step();
    LinkedHashMap<String, Tensor> saved = sgd.stateDict();
    double before = saved.get("weight/momentumBuffer").at(0);
    step();
    assertEquals(before, saved.get("weight/momentumBuffer").at(0));
    sgd.loadStateDict(saved);
    step();
    assertEquals(before, saved.get("weight/momentumBuffer").at(0));
  }

  @Test
  void optionsComeBackWithTheState() {
    step();
    SGD other = new SGD(List.of(weight, bias), 7);
    other.loadStateDict(sgd.stateDict());
    assertEquals(sgd.groups(), other.groups());
    assertSameState(sgd.stateDict(), other.stateDict());
  }

  @Test
  void everythingWrongIsListedAndNothingChanges() {
    step();
    LinkedHashMap<String, Tensor> before = sgd.stateDict();
    LinkedHashMap<String, Tensor> saved = sgd.stateDict();
    saved.put("group0/learningRate", Tensor.of(5.0));
    saved.remove("weight/momentumBuffer");
    saved.put("bias/momentumBuffer", Tensor.of(1.0, 2.0));
    saved.put("bias/step", Tensor.of(1.0));
    saved.put("weight/step", Tensor.of(new long[] {-1}).reshape(Shape.SCALAR));
    saved.put("scale/step", Tensor.of(3.0));
    Exception error = assertThrows(StateException.class, () -> sgd.loadStateDict(saved));
    assertEquals(
        """
        SGD.loadStateDict: the saved state does not fit
            impossible  weight/step            a count of -1
            missing     weight/momentumBuffer  FLOAT64 (2)
            mis-typed   bias/step              FLOAT64 () instead of INT64 ()
            mis-shaped  bias/momentumBuffer    FLOAT64 (2) instead of FLOAT64 ()
            unexpected  scale/step             FLOAT64 ()
          hint: build the optimizer with the parameters, names and groups it was saved with""",
        error.getMessage());
    assertSameState(before, sgd.stateDict());
  }

  @Test
  void missingOptionsAreListed() {
    LinkedHashMap<String, Tensor> saved = sgd.stateDict();
    saved.remove("group0/momentum");
    saved.put("group0/nesterov", Tensor.of(1.0));
    String message =
        assertThrows(StateException.class, () -> sgd.loadStateDict(saved)).getMessage();
    assertTrue(message.contains("missing    group0/momentum  FLOAT64 ()"), message);
    assertTrue(
        message.contains("mis-typed  group0/nesterov  FLOAT64 () instead of BOOL ()"), message);
  }

  @Test
  void aSavedOptionOutsideItsDomainIsRefusedAndNothingChanges() {
    LinkedHashMap<String, Tensor> saved = sgd.stateDict();
    saved.put("weight/step", Tensor.of(new long[] {4}).reshape(Shape.SCALAR));
    saved.put("group0/learningRate", Tensor.of(Double.NaN));
    assertThrows(OptionException.class, () -> sgd.loadStateDict(saved));
    assertEquals(0.1, sgd.learningRate(0));
    assertEquals(0, sgd.stateDict().get("weight/step").longAt());
  }

  @Test
  void savingBeforeTheFirstStepResumesAtTheFirstStep() {
    SGD.Options damped = SGD.Options.defaults().learningRate(0.1).momentum(0.9).dampening(0.5);
    Parameter p = new Parameter(Tensor.of(1.0));
    SGD resumed = new SGD(List.of(p), damped);
    resumed.loadStateDict(new SGD(List.of(p), damped).stateDict());
    p.setGrad(Tensor.of(2.0));
    resumed.step();
    assertEquals(1 - 0.1 * 2, p.item(), 1e-15);
  }
}
