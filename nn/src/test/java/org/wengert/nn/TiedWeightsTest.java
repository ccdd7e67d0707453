package org.wengert.nn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.wengert.Leaf;
import org.wengert.StateException;
import org.wengert.Variable;
import org.wengert.nn.StateMismatch.Kind;
import org.wengert.tensor.DType;
import org.wengert.tensor.Shape;
import org.wengert.tensor.Tensor;

/// One parameter in two places, and parameters that are not trained.
class TiedWeightsTest {
  private static final class AutoEncoder extends Module {
    final Linear encoder = new Linear(3, 3, false);
    final Sequential decoder =
        new Sequential(new Tanh(), Linear.of(encoder.weight(), null), encoder);

    @Override
    public Variable forward(Variable x) {
      return decoder.forward(encoder.forward(x));
    }
  }

  @Test
  void aTiedWeightIsCountedTrainedAndSavedOnce() {
    AutoEncoder net = new AutoEncoder();
    assertEquals(List.of("encoder.weight"), List.copyOf(net.namedParameters().keySet()));
    assertEquals(List.of("encoder.weight"), List.copyOf(net.stateDict().keySet()));
    net.forward(Variable.constant(Tensor.ones(1, 3))).sum().backward();
    Tensor all = net.encoder.weight().grad();
    Leaf three = Variable.of(net.encoder.weight().value());
    Variable x = Variable.constant(Tensor.ones(1, 3)).matMul(three.mT()).tanh();
    x.matMul(three.mT()).matMul(three.mT()).sum().backward();
    assertTrue(three.grad().sameBits(all), "the gradients of all three places");
  }

  @Test
  void aTiedWeightIsLoadedFromAnyOfItsPathsOrFromAll() {
    for (List<String> keys :
        List.of(
            List.of("encoder.weight"),
            List.of("decoder.1.weight"),
            List.of("decoder.2.weight", "decoder.1.weight", "encoder.weight"))) {
      AutoEncoder net = new AutoEncoder();
      Map<String, Tensor> state = new LinkedHashMap<>();
      keys.forEach(key -> state.put(key, Tensor.full(Shape.of(3, 3), 2, DType.FLOAT32)));
      net.loadStateDict(state);
      assertEquals(2, net.encoder.weight().value().at(1, 1));
      assertSame(net.encoder.weight(), ((Linear) net.decoder.layer(1)).weight());
    }
  }

  @Test
  void differentNumbersForATiedWeightAreRefused() {
    AutoEncoder net = new AutoEncoder();
    Map<String, Tensor> state = net.stateDict();
    state.put("decoder.1.weight", Tensor.zeros(3, 3));
    StateException e = assertThrows(StateException.class, () -> net.loadStateDict(state));
    assertTrue(
        e.getMessage()
            .startsWith(
                """
                loadStateDict: 1 key does not match
                    tied  decoder.1.weight  module is encoder.weight  given other numbers
                """),
        e.getMessage());
    StateMismatch mismatch = net.loadStateDict(state, false);
    assertEquals(List.of("decoder.1.weight"), mismatch.keys(Kind.TIED));
    assertTrue(state.get("encoder.weight").sameBits(net.encoder.weight().value()));
  }

  @Test
  void pathsThatLeadNowhereStayUnexpected() {
    AutoEncoder net = new AutoEncoder();
    for (String key : List.of("decoder", "decoder.1", "decoder.1.bias", "decoder.3.weight", "")) {
      Map<String, Tensor> state = net.stateDict();
      state.put(key, Tensor.zeros(1));
      assertEquals(List.of(key), net.loadStateDict(state, false).keys(Kind.UNEXPECTED));
    }
  }

  @Test
  void aCopyKeepsTheTie() {
    AutoEncoder net = new AutoEncoder();
    AutoEncoder copy = Module.copyOf(net);
    assertNotSame(net.encoder.weight(), copy.encoder.weight());
    assertSame(copy.encoder.weight(), ((Linear) copy.decoder.layer(1)).weight());
    assertEquals(1, copy.parameters().size());
  }

  @Test
  void aFrozenModuleGetsNoGradientsUntilItIsThawed() {
    Linear body = new Linear(2, 2);
    Sequential net = new Sequential(body, new Tanh(), new Linear(2, 1));
    assertSame(body, body.requiresGrad(false));
    Variable x = Variable.constant(Tensor.ones(1, 2));
    net.forward(x).sum().backward();
    assertNull(body.weight().grad());
    assertEquals(2, net.parameters().stream().filter(p -> p.grad() != null).count());
    assertTrue(net.summary(x).contains("total 9 parameters, 6 of them frozen;"), net.summary(x));
    body.requiresGrad(true);
    net.forward(x).sum().backward();
    assertEquals(body.weight().shape(), body.weight().grad().shape());
  }
}
