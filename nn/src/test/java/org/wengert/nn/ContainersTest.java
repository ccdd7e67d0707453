package org.wengert.nn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.wengert.Parameter;
import org.wengert.StateException;
import org.wengert.Variable;
import org.wengert.tensor.OptionException;
import org.wengert.tensor.Shape;
import org.wengert.tensor.ShapeException;
import org.wengert.tensor.Tensor;

class ContainersTest {
  private static final class Net extends Module {
    final ModuleList<Linear> blocks = new ModuleList<>(new Linear(2, 2), new Linear(2, 2));
    final ModuleDict<Layer> heads = new ModuleDict<>();
    final ParameterList scales = new ParameterList(new Parameter(Tensor.ones(2)));
    final ParameterDict shifts = new ParameterDict();

    Net() {
      heads.put("mean", new Linear(2, 1, false));
      heads.put("act", Variable::tanh);
      shifts.put("left", new Parameter(Tensor.ones(1)));
    }

    @Override
    public Variable forward(Variable x) {
      Variable y = x;
      for (Linear block : blocks) {
        y = block.forward(y).mul(scales.get(0));
      }
      return heads.get("act").forward(heads.get("mean").forward(y).add(shifts.get("left")));
    }
  }

  private static String keys(Module module) {
    return String.join(" ", module.stateDict().keySet());
  }

  private static void assertRefused(
      String text, Class<? extends RuntimeException> type, Executable e) {
    assertEquals(text, assertThrows(type, e).getMessage());
  }

  @Test
  void theKeysAreThoseOfPyTorch() {
    assertEquals(
        "blocks.0.weight blocks.0.bias blocks.1.weight blocks.1.bias"
            + " heads.mean.weight scales.0 shifts.left",
        keys(new Net()));
  }

  @Test
  void theSummaryShowsWhatIsInContainers() {
    Net net = new Net();
    Parametrizations.weightNorm(net.blocks.get(0));
    assertEquals(
        """
        layer                               type             output  parameters  multiply-adds
                                            Net              (3, 1)           0              0
        blocks                              ModuleList       -                0              0
        blocks.0                            Linear           (3, 2)           2             12
        blocks.0.parametrizations.weight    Parametrization  -                6              0
        blocks.0.parametrizations.weight.0  WeightNorm       (2, 2)           0              0
        blocks.1                            Linear           (3, 2)           6             12
        heads                               ModuleDict       -                0              0
        heads.mean                          Linear           (3, 1)           2              6
        heads.act                           lambda           -                0              0
        scales                              ParameterList    -                2              0
        shifts                              ParameterDict    -                1              0
        total 19 parameters; 30 multiply-adds
        bytes 76 of parameters, 206 of results; gradients take at most as much again
        - is the output of what was not called by call(x)""",
        net.summary(Shape.of(3, 2)));
  }

  @Test
  void aModelOfContainersComputesIsCopiedAndGoesToEvaluation() {
    Net net = new Net();
    Variable x = Variable.constant(Tensor.ones(3, 2));
    Net copy = Module.copyOf(net);
    assertTrue(net.forward(x).value().sameBits(copy.forward(x).value()));
    copy.blocks.append(new Linear(2, 2));
    copy.shifts.put("right", new Parameter(Tensor.ones(1)));
    assertEquals(2, net.blocks.size());
    assertEquals(List.of("left"), net.shifts.names());
    net.eval();
    assertFalse(net.blocks.get(1).isTraining());
    assertTrue(copy.blocks.get(1).isTraining());
  }

  @Test
  void changesOfAListRenameWhatIsBehind() {
    Linear a = new Linear(1, 1, false);
    Linear b = new Linear(2, 2, false);
    ModuleList<Linear> list = new ModuleList<>(List.of(b));
    list.insert(0, a);
    assertEquals("0.weight 1.weight", keys(list));
    assertSame(b, list.get(1));
    list.set(0, b);
    assertEquals("0.weight", keys(list), "the same module, once");
    assertSame(b, list.remove(0));
    assertEquals(1, list.size());
    assertThrows(IndexOutOfBoundsException.class, () -> list.get(1));
    assertThrows(UnsupportedOperationException.class, () -> removeFirst(list));
  }

  private static void removeFirst(Iterable<?> parts) {
    var iterator = parts.iterator();
    iterator.next();
    iterator.remove();
  }

  @Test
  void anErrorNamesThePlaceInTheContainer() {
    ModuleList<Linear> list = new ModuleList<>(new Linear(2, 2));
    list.insert(0, new Linear(3, 3));
    Variable wrong = Variable.constant(Tensor.ones(1, 5));
    ShapeException e = assertThrows(ShapeException.class, () -> list.get(1).forward(wrong));
    assertTrue(e.getMessage().startsWith("Linear '1' expects 2 features"), e.getMessage());
    ModuleDict<Linear> dict = new ModuleDict<>();
    dict.put("fc", new Linear(2, 2));
    ShapeException d = assertThrows(ShapeException.class, () -> dict.get("fc").forward(wrong));
    assertTrue(d.getMessage().startsWith("Linear 'fc' expects"), d.getMessage());
  }

  @Test
  void aMapKeepsTheOrderOfItsNames() {
    ParameterDict dict = new ParameterDict();
    Parameter first = new Parameter(Tensor.ones(1));
    dict.put("b", new Parameter(Tensor.zeros(1)));
    dict.put("a", first);
    dict.put("b", new Parameter(Tensor.ones(2)));
    assertEquals(List.of("b", "a"), dict.names());
    assertEquals(2, List.copyOf(dict.values()).getFirst().size(0));
    assertTrue(dict.contains("a"));
    assertSame(first, dict.remove("a"));
    assertFalse(dict.contains("a"));
    assertEquals(1, dict.size());
  }

  @Test
  void wrongNamesAndPartsAreRefused() {
    ModuleDict<Linear> dict = new ModuleDict<>();
    dict.put("fc", new Linear(1, 1));
    assertRefused(
        "'a.b' is no name for a part of a module\n"
            + "  hint: a name is not empty and has no dot: dots separate the names in a path",
        OptionException.class,
        () -> dict.put("a.b", new Linear(1, 1)));
    assertRefused(
        "ModuleDict has no 'fd'\n  hint: it has fc", StateException.class, () -> dict.get("fd"));
    assertRefused(
        "there is nothing to register as '0': it is null\n"
            + "  hint: make the part first, or leave it out",
        OptionException.class,
        () -> new ParameterList().append(null));
    assertRefused(
        "ModuleDict has no forward\n"
            + "  hint: call its parts from the forward of your module, or use a Sequential",
        StateException.class,
        () -> dict.forward(Variable.constant(1.0)));
  }

  private static Sequential named() {
    SequencedMap<String, Layer> layers = new LinkedHashMap<>();
    layers.put("fc1", new Linear(2, 3));
    layers.put("act", new Tanh());
    layers.put("fc2", new Linear(3, 1, false));
    return new Sequential(layers);
  }

  @Test
  void aSequenceMayHaveNames() {
    Sequential net = named();
    assertEquals("fc1.weight fc1.bias fc2.weight", keys(net));
    assertSame(net.layer(0), net.layer("fc1"));
    assertSame(net.layer("fc2"), net.layer(-1));
    assertRefused(
        "Sequential has no layer 'fc3'\n  hint: it has fc1, act, fc2",
        StateException.class,
        () -> net.layer("fc3"));
    assertThrows(IndexOutOfBoundsException.class, () -> net.layer(-4));
    List<Layer> all = new ArrayList<>();
    net.forEach(all::add);
    assertEquals(3, all.size());
  }

  @Test
  void aSliceSharesItsLayersAndKeepsTheirNames() {
    Sequential net = named();
    Sequential body = net.slice(0, 2);
    assertEquals("fc1.weight fc1.bias", keys(body));
    assertSame(net.layer(0), body.layer(0));
    Variable x = Variable.constant(Tensor.ones(1, 2));
    Variable y = net.layer(-1).forward(body.forward(x));
    assertTrue(net.forward(x).value().sameBits(y.value()));
    assertSame(x, net.slice(1, 1).forward(x));
    assertThrows(IndexOutOfBoundsException.class, () -> net.slice(1, 4));
  }

  @Test
  void aLayerIsAppendedUnderItsPositionOrName() {
    Sequential net = named().append("head", new Linear(1, 1, false));
    assertEquals("fc1.weight fc1.bias fc2.weight head.weight", keys(net));
    assertEquals("head.weight 1.weight", keys(net.slice(3, 4).append(new Linear(1, 2, false))));
    assertThrows(StateException.class, () -> net.append("head", new Tanh()));
  }
}
