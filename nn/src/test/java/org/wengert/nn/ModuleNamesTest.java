package org.wengert.nn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.wengert.Parameter;
import org.wengert.StateException;
import org.wengert.Variable;
import org.wengert.tensor.Shape;
import org.wengert.tensor.ShapeException;
import org.wengert.tensor.Tensor;

/// What parts are called, and that none is missed.
class ModuleNamesTest {
  private static void assertNames(Module module, String... names) {
    assertEquals(List.of(names), List.copyOf(module.namedParameters().keySet()));
  }

  @Test
  void nothingButAskingForParametersNamesThem() {
    Linear model = new Linear(2, 1);
    model.parameters();
    Sequential wrapped = new Sequential(model, new Softmax(1));
    wrapped.summary(Shape.of(1, 2));
    wrapped.eval().requiresGrad(true).zeroGrad();
    wrapped.loadStateDict(wrapped.stateDict());
    assertFalse(wrapped.toString().isEmpty());
    assertEquals("weight", model.weight().name());
    wrapped.parameters();
    assertEquals("0.weight", model.weight().name());
    assertEquals("weight", model.parameters().getFirst().name());
  }

  static final class Nested extends ModuleDiscoveryTest.Holder {
    final Sequential net = named();

    private static Sequential named() {
      return new Sequential().append("a", new Linear(2, 2)).append("b", new Linear(2, 2));
    }
  }

  @Test
  void aModuleThatIsSharedStaysWhereItWasFirst() {
    Variable wrong = Variable.constant(Tensor.ones(1, 5));
    Nested outer = new Nested();
    Module shared = (Module) outer.net.layer("b");
    new Sequential(shared);
    ShapeException e = assertThrows(ShapeException.class, () -> shared.forward(wrong));
    assertTrue(e.getMessage().startsWith("Linear 'b' expects"), e.getMessage());
    outer.eval();
    new Sequential(shared).eval();
    e = assertThrows(ShapeException.class, () -> shared.forward(wrong));
    assertTrue(e.getMessage().startsWith("Linear 'net.b' expects"), e.getMessage());
  }

  private static final class Box {
    final Linear fc = new Linear(1, 1, false);
  }

  static final class Boxed extends ModuleDiscoveryTest.Holder {
    final Object box;
    final @Nullable Linear found;

    Boxed(Object box, @Nullable Linear found) {
      this.box = box;
      this.found = found;
    }
  }

  @Test
  void partsInOrdinaryObjectsAreRefusedUnlessTheyAreFoundElsewhere() {
    Box box = new Box();
    assertEquals(
        "'box' of Boxed, of class Box, holds a Linear, which nobody finds there\n"
            + "  hint: let the class extend Module or make it a record; what does not belong to"
            + " this model is passed by in a lambda, () -> it",
        assertThrows(StateException.class, new Boxed(box, null)::parameters).getMessage());
    assertNames(new Boxed(box, box.fc), "found.weight");
    assertHides(
        ", of class AtomicReference, holds a Parameter",
        new AtomicReference<>(new Parameter(Tensor.zeros(1))));
    assertHides("'box.1' of Boxed, of class Box", List.of("text", box));
    assertHides(
        "'box.0' of Boxed, of an anonymous class, holds a Linear",
        List.of(
            new Object() {
              final Linear fc = new Linear(1, 1);
            }));
    Supplier<Linear> teacher = () -> box.fc;
    assertNames(new Boxed(teacher, null));
    assertNames(new Boxed(new AtomicReference<>("text"), null));
  }

  private static void assertHides(String message, Object box) {
    StateException e = assertThrows(StateException.class, new Boxed(box, null)::parameters);
    assertTrue(e.getMessage().contains(message), e.getMessage());
  }
}
