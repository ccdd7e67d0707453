package org.wengert.nn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.wengert.Parameter;
import org.wengert.StateException;
import org.wengert.Variable;
import org.wengert.tensor.DType;
import org.wengert.tensor.DTypeException;
import org.wengert.tensor.OptionException;
import org.wengert.tensor.Tensor;

class ModuleDiscoveryTest {
  /// A module that only holds things.
  abstract static class Holder extends Module {
    @Override
    public Variable forward(Variable x) {
      return x;
    }
  }

  private static Parameter p() {
    return new Parameter(Tensor.zeros(1));
  }

  private static void assertNames(Module module, String... names) {
    assertEquals(List.of(names), List.copyOf(module.namedParameters().keySet()));
  }

  @Test
  void sequentialHasPyTorchsKeys() {
    assertNames(
        new Sequential(new Linear(2, 3), new ReLU(), new Linear(3, 1)),
        "0.weight",
        "0.bias",
        "2.weight",
        "2.bias");
  }

  static class Base extends Holder {
    private final Parameter z = p();
    protected Parameter b = p();
  }

  static final class Derived extends Base {
    static final Parameter SHARED_BY_ALL = p();
    private final Linear fc = new Linear(1, 1, false);
    private final Parameter a = p();
    final @Nullable Linear missing = null;
    final String text = "no parameter";
    final int number = 3;
  }

  @Test
  void fieldsAreFoundInheritedOnesFirstInTheOrderOfDeclaration() {
    assertNames(new Derived(), "z", "b", "fc.weight", "a");
  }

  record Pair(Parameter gain, List<Linear> inner, int count) {}

  static final class Containers extends Holder {
    final List<Layer> layers = List.of(new Linear(1, 1, false), x -> x, new Linear(1, 1, false));
    final Map<String, Parameter> ordered = new LinkedHashMap<>();
    final Map<String, Parameter> unordered = new HashMap<>();
    final Parameter[] array = {p(), null, p()};
    final Pair pair = new Pair(p(), List.of(new Linear(1, 1, false)), 2);
    final List<List<Parameter>> nested = List.of(List.of(p()), List.of(p(), p()));
    final Object anything = p();
    final int[] numbers = {1, 2};
    final List<String> words = List.of("a", "b");
  }

  @Test
  void listsMapsArraysAndRecordsAreOpened() {
    Containers containers = new Containers();
    containers.ordered.put("z", p());
    containers.ordered.put("a", p());
    for (String key : List.of("q", "c", "m")) {
      containers.unordered.put(key, p());
    }
    assertNames(
        containers,
        "layers.0.weight",
        "layers.2.weight",
        "ordered.z",
        "ordered.a",
        "unordered.c",
        "unordered.m",
        "unordered.q",
        "array.0",
        "array.2",
        "pair.gain",
        "pair.inner.0.weight",
        "nested.0.0",
        "nested.1.0",
        "nested.1.1",
        "anything");
  }

  static final class Tied extends Holder {
    final Linear encoder = new Linear(2, 2, false);
    final Linear decoder = encoder;
    final Parameter weight = encoder.weight();
    final List<Object> again = List.of(encoder, weight);
  }

  @Test
  void whatIsSharedIsListedOnceUnderItsFirstName() {
    Tied tied = new Tied();
    assertNames(tied, "encoder.weight");
    assertEquals(List.of("", "encoder"), List.copyOf(tied.namedModules().keySet()));
    assertEquals(List.of(tied.encoder), tied.children());
  }

  static final class Node extends Holder {
    final Parameter own = p();
    @Nullable Node next;
    final List<Object> loop = new ArrayList<>();
  }

  @Test
  void cyclesEnd() {
    Node first = new Node();
    Node second = new Node();
    first.next = second;
    second.next = first;
    first.loop.add(first.loop);
    first.loop.add(second);
    assertNames(first, "own", "next.own");
    assertTrue(first.toString().contains("(next): the same as the whole"), first.toString());
  }

  @Test
  void deeplyNestedModulesAreFound() {
    Node outer = new Node();
    Node inner = outer;
    for (int i = 0; i < 5_000; i++) {
      inner.next = new Node();
      inner = inner.next;
    }
    assertEquals(5_001, outer.parameters().size());
  }

  @Test
  void deeplyNestedModulesArePrintedAndCopied() {
    Node outer = new Node();
    Node inner = outer;
    for (int i = 0; i < 3_000; i++) {
      inner.next = new Node();
      inner = inner.next;
    }
    Node copy = Module.copyOf(outer);
    assertEquals(3_001, copy.parameters().size());
    for (Node node = outer; node != null; node = node.next) {
      assertNotSame(node.own, copy.own);
      copy = copy.next == null ? copy : copy.next;
    }
    assertEquals(3_001, outer.toString().lines().filter(line -> line.contains("Node(")).count());
  }

  static final class WithOptionals extends Holder {
    final Optional<Linear> head = Optional.of(new Linear(1, 1, false));
    final Optional<Linear> missing = Optional.empty();
    final List<Optional<Parameter>> scales = List.of(Optional.empty(), Optional.of(p()));
  }

  @Test
  void optionalsAreOpenedAndCopied() {
    WithOptionals module = new WithOptionals();
    assertNames(module, "head.weight", "scales.1");
    WithOptionals copy = Module.copyOf(module);
    assertNames(copy, "head.weight", "scales.1");
    assertNotSame(module.head.get(), copy.head.get());
    assertNotSame(module.scales.get(1).get(), copy.scales.get(1).get());
    assertEquals(Optional.empty(), copy.missing);
  }

  static final class WithLeaf extends Holder {
    final Variable scale = Variable.of(2.0, 3.0);
    final Variable constant = Variable.constant(1.0);
  }

  @Test
  void aVariableThatWantsAGradientButIsNoParameterIsAnError() {
    assertEquals(
        "'scale' of WithLeaf is a variable of shape (2) that wants a gradient, but no Parameter\n"
            + "  hint: make it a Parameter to train it, a Buffer to save it, or"
            + " Variable.constant(..) to keep it",
        assertThrows(StateException.class, new WithLeaf()::parameters).getMessage());
  }

  private static class PlainLayer implements Layer {
    final Linear hidden = new Linear(1, 1);

    @Override
    public Variable forward(Variable x) {
      return hidden.forward(x);
    }
  }

  @Test
  void aLayerThatHidesItsPartsIsAnErrorUnlessItCapturedThem() {
    Sequential net = new Sequential(new PlainLayer());
    assertEquals(
        "org.wengert.nn.ModuleDiscoveryTest$PlainLayer holds a Linear but is no Module, so nobody"
            + " finds it\n"
            + "  hint: let it extend Module instead of implementing Layer; then its parts are"
            + " found",
        assertThrows(StateException.class, net::parameters).getMessage());
    Linear captured = new Linear(1, 1, false);
    Layer anonymous =
        new Layer() {
          @Override
          public Variable forward(Variable x) {
            return captured.forward(x);
          }
        };
    assertNames(new Sequential(captured, anonymous), "0.weight");
  }

  @Test
  void nothingCannotBeRegistered() {
    Derived net = new Derived();
    assertEquals(
        "there is nothing to register as 'head': it is null\n"
            + "  hint: make the part first, or leave it out",
        assertThrows(OptionException.class, () -> net.register("head", (Linear) null))
            .getMessage());
  }

  @Test
  void namesAreThoseFromTheModuleThatIsAskedForItsParameters() {
    Derived net = new Derived();
    assertEquals("weight", net.fc.weight().name());
    net.parameters();
    assertEquals("fc.weight", net.fc.weight().name());
    net.fc.parameters();
    assertEquals("weight", net.fc.weight().name());
  }

  @Test
  void registeredPartsComeAfterTheFields() {
    Derived net = new Derived();
    Parameter extra = net.register("extra", p());
    Linear head = net.register("head", new Linear(1, 1, false));
    net.register("count", new Buffer(Tensor.of(1)));
    assertNames(net, "z", "b", "fc.weight", "a", "extra", "head.weight");
    assertSame(extra, net.namedParameters().get("extra"));
    assertSame(head, net.namedModules().get("head"));
    assertEquals(List.of("count"), List.copyOf(net.namedBuffers().keySet()));
    assertEquals(1, net.buffers().size());
    net.register("fc", net.fc);
    assertEquals(6, net.parameters().size());
  }

  @Test
  void aNameTakenTwiceIsAnError() {
    Derived net = new Derived();
    net.register("a", p());
    StateException e = assertThrows(StateException.class, net::parameters);
    assertEquals(
        "two things are called 'a'\n"
            + "  hint: names are field names, list positions and map keys; rename one of the two",
        e.getMessage());
    assertThrows(StateException.class, () -> net.register("a", p()));
    Containers containers = new Containers();
    containers.ordered.put("x.y", p());
    containers.ordered.put("x", p());
    assertEquals(12, containers.parameters().size());
  }

  static final class Shadowing extends Base {
    private final Parameter z = p();
  }

  @Test
  void aFieldThatHidesAnInheritedOneIsAnErrorAndNotForgotten() {
    assertEquals(
        "two things are called 'z'",
        assertThrows(StateException.class, new Shadowing()::parameters).problem());
  }

  @Test
  void namesWithDotsOrNoneAreRefused() {
    Derived net = new Derived();
    assertEquals(
        "'a.b' is no name for a part of a module\n"
            + "  hint: a name is not empty and has no dot: dots separate the names in a path",
        assertThrows(OptionException.class, () -> net.register("a.b", p())).getMessage());
    assertThrows(OptionException.class, () -> net.register("", p()));
  }

  static final class WithLoss extends Holder {
    final Loss loss = new CrossEntropyLoss().weight(Tensor.of(1.0, 2.0));
    final Object interval = new Interval(1, 2);
    final Parameter own = p();
  }

  private record Interval(int from, int to) {}

  @Test
  void recordsWithoutParametersAreNoTrouble() {
    assertNames(new WithLoss(), "own");
  }

  static final class Unordered extends Holder {
    final Set<Parameter> parameters = Set.of(p());
    final Set<String> words = Set.of("a");
  }

  @Test
  void aSetWithoutOrderIsAnErrorIfItHoldsParameters() {
    StateException e = assertThrows(StateException.class, new Unordered()::parameters);
    assertTrue(e.getMessage().startsWith("'parameters' is a Set12 without order\n"));
    assertTrue(e.getMessage().endsWith("in a List or a LinkedHashMap, which name them"));
  }

  @Test
  void anonymousModulesHoldWhatTheyCapture() {
    Linear captured = new Linear(1, 1, false);
    Module module =
        new Holder() {
          @Override
          public Variable forward(Variable x) {
            return captured.forward(x);
          }
        };
    assertNames(module, "captured.weight");
    assertEquals("Holder(\n  (captured): Linear(in=1, out=1, bias=false)\n)", module.toString());
  }

  @Test
  void trainingModeReachesEveryModuleBelow() {
    Dropout deep = new Dropout();
    Sequential net = new Sequential(new Sequential(new Identity(), deep), x -> x);
    assertTrue(net.isTraining() && deep.isTraining());
    assertSame(net, net.eval());
    assertFalse(net.isTraining() || deep.isTraining());
    net.train();
    assertTrue(deep.isTraining());
    deep.train(false);
    assertTrue(net.isTraining());
  }

  @Test
  void zeroGradForgetsAllGradients() {
    Linear linear = new Linear(2, 2);
    linear.forward(Variable.constant(Tensor.ones(1, 2))).sum().backward();
    assertTrue(linear.weight().grad() != null && linear.bias().grad() != null);
    linear.zeroGrad();
    assertNull(linear.weight().grad());
    assertNull(linear.bias().grad());
  }

  static final class Counting extends Holder {
    final Linear fc = new Linear(2, 2);
    final Buffer mean = new Buffer(Tensor.zeros(2));
    final Buffer steps = new Buffer(Tensor.of(7, 8));
  }

  @Test
  void conversionChangesParametersAndFloatingBuffersInPlace() {
    Counting net = new Counting();
    Parameter weight = net.fc.weight();
    net.to(DType.FLOAT64);
    assertSame(weight, net.fc.weight());
    assertEquals(DType.FLOAT64, weight.dtype());
    assertEquals(DType.FLOAT64, net.mean.value().dtype());
    assertEquals(DType.INT32, net.steps.value().dtype());
    assertEquals(
        "parameters of type INT64 could not be trained\n  hint: use FLOAT32 or FLOAT64",
        assertThrows(DTypeException.class, () -> net.to(DType.INT64)).getMessage());
  }
}
