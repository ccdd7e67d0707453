package org.wengert.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.junit.jupiter.api.Test;
import org.wengert.Autograd;
import org.wengert.Leaf;
import org.wengert.StateException;
import org.wengert.Variable;
import org.wengert.nn.StateMismatch.Kind;
import org.wengert.tensor.DType;
import org.wengert.tensor.DTypeException;
import org.wengert.tensor.Rng;
import org.wengert.tensor.Shape;
import org.wengert.tensor.ShapeException;
import org.wengert.tensor.Tensor;

class StateDictTest {
  private static final class Net extends Module {
    final Buffer mean = new Buffer(Tensor.of(1f, 2f));
    final Linear fc1 = new Linear(3, 2);
    final Linear fc2 = new Linear(2, 1, false);

    @Override
    public Variable forward(Variable x) {
      return fc2.forward(fc1.forward(x).sub(Variable.constant(mean.value())));
    }
  }

  private static Map<String, Tensor> wrong() {
    Map<String, Tensor> state = new LinkedHashMap<>(new Net().stateDict());
    state.remove("fc1.bias");
    state.put("fc1.weight", Tensor.zeros(2, 4));
    state.put("mean", Tensor.of(1.0, 2.0));
    state.put("fc9.weight", Tensor.zeros(1));
    return state;
  }

  @Test
  void theStateIsAllParametersThenAllBuffersAsCopies() {
    Net net = new Net();
    Map<String, Tensor> state = net.stateDict();
    assertEquals(
        List.of("fc1.weight", "fc1.bias", "fc2.weight", "mean"), List.copyOf(state.keySet()));
    Init.constant(net.fc1.weight(), 7);
    net.mean.assign(Tensor.of(8f, 9f));
    assertTrue(state.get("fc1.weight").at(0, 0) < 1);
    assertEquals(1, state.get("mean").at(0));
  }

  @Test
  void loadingRestoresEveryBit() {
    Net from = new Net();
    from.mean.assign(Tensor.of(8f, 9f));
    Net to = new Net();
    to.loadStateDict(from.stateDict());
    Variable x = Variable.constant(Tensor.ones(1, 3));
    assertTrue(from.forward(x).value().sameBits(to.forward(x).value()));
    assertTrue(to.loadStateDict(from.stateDict(), false).isEmpty());
  }

  @Test
  void aMismatchIsATableAndChangesNothing() {
    Net net = new Net();
    Map<String, Tensor> before = net.stateDict();
    StateException e = assertThrows(StateException.class, () -> net.loadStateDict(wrong()));
    assertEquals(
        """
        loadStateDict: 4 keys do not match
            shape       fc1.weight  module (2, 3) FLOAT32  given (2, 4) FLOAT32
            missing     fc1.bias    module (2) FLOAT32     given -
            type        mean        module (2) FLOAT32     given (2) FLOAT64
            unexpected  fc9.weight  module -               given (1) FLOAT32
          hint: save and load with the same model; loadStateDict(state, false) loads what matches,\
         and to(type) converts a module""",
        e.getMessage());
    before.forEach((key, value) -> assertTrue(value.sameBits(net.stateDict().get(key)), key));
  }

  @Test
  void oneKeyIsNotPlural() {
    Net net = new Net();
    Map<String, Tensor> state = net.stateDict();
    state.remove("mean");
    assertEquals(
        "1 key does not match",
        assertThrows(StateException.class, () -> net.loadStateDict(state)).problem());
  }

  @Test
  void theLenientVariantLoadsWhatMatchesAndReturnsTheRest() {
    Net net = new Net();
    Map<String, Tensor> state = wrong();
    StateMismatch mismatch = net.loadStateDict(state, false);
    assertTrue(state.get("fc2.weight").sameBits(net.fc2.weight().value()));
    assertFalse(mismatch.isEmpty());
    assertEquals(List.of("fc1.bias"), mismatch.keys(Kind.MISSING));
    assertEquals(List.of("fc9.weight"), mismatch.keys(Kind.UNEXPECTED));
    assertEquals(List.of("fc1.weight"), mismatch.keys(Kind.SHAPE));
    assertEquals(List.of("mean"), mismatch.keys(Kind.TYPE));
    assertEquals(
        """
        SHAPE       fc1.weight  module (2, 3) FLOAT32  given (2, 4) FLOAT32
        MISSING     fc1.bias    module (2) FLOAT32     given -
        TYPE        mean        module (2) FLOAT32     given (2) FLOAT64
        UNEXPECTED  fc9.weight  module -               given (1) FLOAT32""",
        mismatch.toString());
  }

  @Test
  void aBufferKeepsShapeAndTypeAndNothingOfTheCaller() {
    Tensor start = Tensor.of(1f, 2f);
    Buffer buffer = new Buffer(start);
    buffer.assign(Tensor.of(3f, 4f));
    assertArrayEquals(new float[] {3, 4}, buffer.value().toFloatArray());
    assertEquals("Buffer (2) FLOAT32", buffer.toString());
    assertEquals(
        "the new value has shape (3), the buffer (2)\n"
            + "  hint: a buffer keeps its shape; make another Buffer for another one",
        assertThrows(ShapeException.class, () -> buffer.assign(Tensor.zeros(3))).getMessage());
    assertEquals(
        "the new value has type FLOAT64, the buffer FLOAT32\n  hint: convert with to(FLOAT32)",
        assertThrows(DTypeException.class, () -> buffer.assign(Tensor.of(1.0, 2.0))).getMessage());
    assertEquals(Shape.of(2), start.shape());
  }

  private static Sequential dropping(long seed) {
    Rng shared = new Rng(seed);
    return new Sequential(
        new Dropout(0.5, shared), new RReLU(0.1, 0.9, new Rng(seed + 1)), new Dropout(0.1, shared));
  }

  @Test
  void generatorsOfLayersAreSavedBesideTheModel() {
    Sequential net = dropping(1);
    Variable x = Variable.constant(Tensor.randn(Shape.of(64), DType.FLOAT32, new Rng(5)));
    net.forward(x);
    SequencedMap<String, Tensor> state = net.generators().stateDict();
    assertEquals(List.of("0.random", "1.random"), List.copyOf(state.keySet()));
    assertTrue(net.stateDict().isEmpty());
    Tensor next = net.forward(x).value();
    Sequential resumed = dropping(7);
    resumed.generators().loadStateDict(state);
    assertTrue(resumed.forward(x).value().sameBits(next));
    StateException e =
        assertThrows(StateException.class, () -> net.generators().loadStateDict(Map.of()));
    assertEquals("the model has the generators [0.random, 1.random], got []", e.problem());
    Module foreign = new Dropout(0.5, new java.util.Random(1));
    assertEquals(
        "the state of 'random', a java.util.Random, is hidden",
        assertThrows(StateException.class, foreign::generators).problem());
  }

  @Test
  void aCheckpointRepeatsTheMasksOfLayersWithGeneratorsOfTheirOwn() {
    Sequential net = dropping(1);
    Sequential twin = dropping(1);
    Leaf x = Variable.of(Tensor.randn(Shape.of(64), DType.FLOAT32, new Rng(5)));
    for (int i = 0; i < 2; i++) {
      Variable plain = Autograd.grad(twin.forward(x).square().sum(), x);
      Variable nested =
          Autograd.checkpoint(() -> Autograd.checkpoint(() -> net.forward(x)).square().sum());
      assertTrue(Autograd.grad(nested, x).value().sameBits(plain.value()));
    }
  }
}
