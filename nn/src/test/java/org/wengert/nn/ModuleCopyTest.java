package org.wengert.nn;

import static java.util.Comparator.comparing;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.wengert.Constant;
import org.wengert.Parameter;
import org.wengert.StateException;
import org.wengert.Step;
import org.wengert.Variable;
import org.wengert.nn.ModuleDiscoveryTest.Holder;
import org.wengert.tensor.Rng;
import org.wengert.tensor.Tensor;

class ModuleCopyTest {
  private static final class Tied extends Holder {
    private final Linear encoder = new Linear(3, 3);
    private final Linear same = encoder;
    private final Parameter weight = encoder.weight();
    final Layer lambda = x -> this.encoder.forward(x);
    final Layer pure = Variable::relu;
    @Nullable Variable last;
  }

  @Test
  void tiedWeightsStayTiedInTheCopyAndApartFromTheOriginal() {
    Tied original = new Tied();
    Tied copy = (Tied) original.copy();
    assertNotSame(original.encoder, copy.encoder);
    assertSame(copy.encoder, copy.same);
    assertSame(copy.encoder.weight(), copy.weight);
    assertNotSame(original.weight, copy.weight);
    assertTrue(original.weight.value().sameBits(copy.weight.value()));
  }

  @Test
  void aLambdaThatCapturesTheModuleCapturesTheCopy() {
    Tied original = new Tied();
    Tied copy = Module.copyOf(original);
    Init.constant(original.weight, 0);
    Init.constant(original.encoder.bias(), 0);
    Variable x = Variable.constant(Tensor.ones(1, 3));
    assertEquals(0, original.lambda.forward(x).square().sum().item());
    assertTrue(copy.lambda.forward(x).square().sum().item() > 0);
    assertSame(original.pure, copy.pure);
  }

  @Test
  void modeAndFreezingAndNamesAreCopiedButGradientsAreNot() {
    Tied original = new Tied();
    original.eval();
    original.parameters();
    original.encoder.bias().requiresGrad(false);
    original.encoder.forward(Variable.constant(Tensor.ones(1, 3))).sum().backward();
    Tied copy = Module.copyOf(original);
    assertFalse(copy.isTraining() || copy.encoder.isTraining());
    assertFalse(copy.encoder.bias().requiresGrad());
    assertEquals("encoder.weight", copy.weight.name());
    assertNull(copy.weight.grad());
  }

  @Test
  void recordedValuesAreDetachedInTheCopy() {
    Tied original = new Tied();
    original.last = original.encoder.forward(Variable.constant(Tensor.ones(1, 3)));
    assertInstanceOf(Step.class, original.last);
    Tied copy = Module.copyOf(original);
    assertInstanceOf(Constant.class, copy.last);
    assertTrue(original.last.value().sameBits(copy.last.value()));
  }

  @Test
  void aCopyOfAPartIsAWholeOfItsOwn() {
    Tied original = new Tied();
    original.parameters();
    Linear copy = Module.copyOf(original.encoder);
    copy.parameters();
    assertEquals("weight", copy.weight().name());
    assertEquals("encoder.weight", original.weight.name());
  }

  @Test
  void registeredPartsAreCopiedToo() {
    Sequential plain = new Sequential(new Linear(1, 1));
    Holder holder = new Holder() {};
    holder.register("net", plain);
    holder.register("w", new Parameter(Tensor.ones(1)));
    Module copy = holder.copy();
    assertEquals(holder.namedParameters().keySet(), copy.namedParameters().keySet());
    Init.constant(copy.namedParameters().get("w"), 5);
    assertEquals(1, holder.namedParameters().get("w").item());
    assertNotSame(plain, copy.namedModules().get("net"));
    assertSame(plain, holder.namedModules().get("net"));
  }

  private static final class Collected extends Holder {
    final Linear fc = new Linear(1, 1);
    final ArrayList<Object> array = new ArrayList<>(List.of(fc, "text"));
    final List<Linear> fixed = List.of(fc);
    final List<Linear> view = Collections.unmodifiableList(array(fc));
    final List<Object> slots = Arrays.asList(fc, null);
    final Deque<Linear> deque = new ArrayDeque<>(List.of(fc));
    final LinkedHashSet<Linear> set = new LinkedHashSet<>(List.of(fc));
    final Map<String, Linear> tree = new TreeMap<>(Map.of("a", fc));
    final Map<String, Linear> concurrent = new ConcurrentHashMap<>(Map.of("a", fc));
    final Map<String, Linear> immutable = Map.of("a", fc);
    final Linear[][] nested = {{fc}};
    final int[] counts = {1, 2};
    final List<String> words = List.of("a");

    private static List<Linear> array(Linear... layers) {
      return new ArrayList<>(List.of(layers));
    }
  }

  @Test
  void everyKindOfCollectionLeadsToTheCopy() {
    Collected original = new Collected();
    Collected copy = Module.copyOf(original);
    Linear fc = copy.fc;
    assertEquals(List.of(fc, "text"), copy.array);
    assertEquals(List.of(fc), copy.fixed);
    assertEquals(List.of(fc), copy.view);
    assertEquals(Arrays.asList(fc, null), copy.slots);
    assertEquals(List.of(fc), List.copyOf(copy.deque));
    assertEquals(List.of(fc), List.copyOf(copy.set));
    assertEquals(Map.of("a", fc), copy.tree);
    assertEquals(Map.of("a", fc), copy.concurrent);
    assertEquals(Map.of("a", fc), copy.immutable);
    assertSame(fc, copy.nested[0][0]);
    copy.counts[0] = 9;
    assertEquals(1, original.counts[0]);
    assertSame(original.words, copy.words);
    assertEquals(List.of(original.fc), original.fixed);
    copy.slots.set(1, "settable");
    assertThrows(UnsupportedOperationException.class, () -> copy.fixed.clear());
  }

  private final class Inner extends Holder {
    final Linear fc = new Linear(1, 1);

    Object outer() {
      return ModuleCopyTest.this;
    }
  }

  private static final class Outer extends Holder {
    final Part part = new Part();

    private final class Part extends Holder {
      Outer outer() {
        return Outer.this;
      }
    }
  }

  @Test
  void innerModulesBelongToTheCopiedOuterOne() {
    Outer copy = Module.copyOf(new Outer());
    assertSame(copy, copy.part.outer());
    assertSame(this, Module.copyOf(new Inner()).outer());
  }

  @Test
  void aCopiedGeneratorGoesOnByItself() {
    Dropout dropout = new Dropout(0.5, new Rng(3));
    Dropout copy = Module.copyOf(dropout);
    Variable x = Variable.constant(Tensor.ones(64));
    assertTrue(dropout.forward(x).value().sameBits(copy.forward(x).value()));
  }

  private static final class Plain implements Layer {
    final Linear hidden = new Linear(1, 1);

    @Override
    public Variable forward(Variable x) {
      return hidden.forward(x);
    }
  }

  @Test
  void aLayerThatHidesItsPartsCannotBeCopied() {
    Sequential net = new Sequential(new Plain());
    assertEquals(
        "org.wengert.nn.ModuleCopyTest$Plain holds a Linear but is no Module, so it cannot be"
            + " copied\n  hint: let it extend Module instead of implementing Layer; then its parts"
            + " are found",
        assertThrows(StateException.class, net::copy).getMessage());
  }

  private record Grumpy(Linear fc) {
    private static boolean built;

    Grumpy {
      if (built) {
        throw new IllegalArgumentException("one is enough");
      }
      built = true;
    }
  }

  @Test
  void aRecordThatRefusesSaysSo() {
    Object grumpy = new Grumpy(new Linear(1, 1));
    Module holder =
        new Holder() {
          final Object field = grumpy;
        };
    StateException e = assertThrows(StateException.class, holder::copy);
    assertEquals(
        "Grumpy holds layers and cannot be made anew\n"
            + "  hint: write it as a Module with the layers in its fields",
        e.getMessage());
  }

  private static final class Functional extends Holder {
    final Linear fc = new Linear(2, 1);
    Function<Variable, Variable> inner = x -> fc.forward(x);
    Supplier<Linear> supplier;
    final AtomicReference<Linear> reference = new AtomicReference<>(fc);
    Object other = "nothing";

    Functional() {
      Linear captured = fc;
      supplier = () -> captured;
    }
  }

  @Test
  void functionsInFieldsUseTheCopiedLayers() {
    Functional original = new Functional();
    Functional copy = Module.copyOf(original);
    Variable x = Variable.constant(Tensor.ones(1, 2));
    double before = original.fc.forward(x).item();
    Init.constant(original.fc.weight(), 0);
    assertTrue(original.fc.forward(x).item() != before);
    assertEquals(before, copy.inner.apply(x).item());
    assertSame(copy.fc, copy.supplier.get());
    assertSame(copy.fc, copy.reference.get());
  }

  @Test
  void anObjectThatLeadsToALayerCannotBeCopied() {
    Functional original = new Functional();
    original.other =
        new Function<Variable, Variable>() {
          @Override
          public Variable apply(Variable x) {
            return original.fc.forward(x);
          }
        };
    assertEquals(
        "Functional.other, of an anonymous class, holds a Functional, and cannot be copied\n"
            + "  hint: write it as a lambda, a record or a Module, or as a method of the module",
        assertThrows(StateException.class, original::copy).getMessage());
  }

  private static final class Keyed extends Holder {
    final Linear fc = new Linear(2, 1);
    final Map<Linear, String> names = new IdentityHashMap<>(Map.of(fc, "fc"));
    final PriorityQueue<Object> queue = new PriorityQueue<>(comparing(Object::toString));

    Keyed() {
      queue.addAll(List.of(3, "1", 2.0));
    }
  }

  @Test
  void keysAreCopiedAndQueuesKeepTheirOrder() {
    Keyed copy = Module.copyOf(new Keyed());
    assertEquals("fc", copy.names.get(copy.fc));
    assertEquals(1, copy.names.size());
    assertEquals("1", copy.queue.poll());
    assertEquals(2.0, copy.queue.poll());
  }
}
