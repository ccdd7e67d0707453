package org.wengert.nn;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.wengert.Scope;
import org.wengert.Variable;
import org.wengert.graph.Graph;
import org.wengert.graph.Part;
import org.wengert.graph.Vertex;
import org.wengert.tensor.Rng;
import org.wengert.tensor.Tensor;

/// Which part of a model a step belongs to.
class ScopeTest {
  private static final class Block extends Module {
    final Linear in = new Linear(2, 3);
    final Linear out = new Linear(3, 2);

    @Override
    public Variable forward(Variable x) {
      return out.forward(in.forward(x).tanh()).add(x);
    }
  }

  private static final class Net extends Module {
    final List<Block> blocks = List.of(new Block(), new Block());
    final Linear head = new Linear(2, 1);

    @Override
    public Variable forward(Variable x) {
      Variable y = x;
      for (Block block : blocks) {
        y = block.forward(y);
      }
      return head.forward(y.relu()).sum();
    }
  }

  private static List<String> parts(Graph graph) {
    return graph.parts().stream().map(part -> part + " " + part.kind()).toList();
  }

  @Test
  void layersAreParts() {
    Net net = new Net();
    net.parameters();
    Graph graph = Graph.of(net.forward(Variable.constant(Tensor.ones(4, 2))));
    assertEquals(
        List.of(
            "blocks ",
            "blocks.0 Block",
            "blocks.0.in Linear",
            "blocks.0.out Linear",
            "blocks.1 Block",
            "blocks.1.in Linear",
            "blocks.1.out Linear",
            "head Linear"),
        parts(graph));
    assertEquals("blocks.0", module(graph, "tanh", 0));
    assertEquals("blocks.0.in", graph.find("blocks.0.in.weight").module());
    assertEquals("", module(graph, "relu", 0));
  }

  private static String module(Graph graph, String op, int i) {
    return graph
        .find(v -> v instanceof Vertex.Operation o && o.op().label().equals(op))
        .get(i)
        .module();
  }

  @Test
  void whatIsCalledTwiceIsTwoParts() {
    Sequential net = new Sequential(new Linear(2, 2), new Tanh());
    Variable x = Variable.constant(Tensor.ones(1, 2));
    Graph graph = Graph.of(net.forward(net.forward(x)).sum());
    assertEquals(
        List.of("Sequential", "Sequential.0", "Sequential.1", "Sequential (2)"),
        graph.parts().stream().limit(4).map(Part::toString).toList());
    assertEquals(6, graph.foldByModule().vertices().size()); // x, weight, bias, both calls, sum
  }

  private static final class Leafy extends Module {
    final Linear lin = new Linear(2, 2);

    @Override
    public Variable forward(Variable x) {
      return lin.call(x).tanh();
    }
  }

  private static final class Mid extends Module {
    final Leafy leafy = new Leafy();

    @Override
    public Variable forward(Variable x) {
      return leafy.call(x).add(x);
    }
  }

  private static final class Deep extends Module {
    final Mid mid = new Mid();
    final Linear out = new Linear(2, 1);

    @Override
    public Variable forward(Variable x) {
      return out.call(mid.call(x));
    }
  }

  private static List<String> paths(Variable y) {
    return Graph.of(y.sum()).parts().stream().map(Part::toString).sorted().toList();
  }

  @Test
  void aPathNamesEachLevelOnce() {
    Variable x = Variable.constant(Tensor.ones(4, 2));
    List<String> expected =
        List.of("Deep", "Deep.mid", "Deep.mid.leafy", "Deep.mid.leafy.lin", "Deep.out");
    Deep deep = new Deep();
    assertEquals(expected, paths(deep.call(x)));
    deep.parameters();
    assertEquals(expected, paths(deep.call(x)));
    assertEquals(List.of("mid", "mid.leafy", "mid.leafy.lin", "out"), paths(deep.forward(x)));
    Graph graph = Graph.of(deep.call(x).sum());
    assertEquals("Deep.mid.leafy", module(graph, "tanh", 0));
    assertEquals("Deep.mid", module(graph, "add", 0));
    assertEquals(List.of("Mid", "Linear"), folded(graph.foldByModule(2)));
  }

  private static List<String> folded(Graph graph) {
    return graph.find(Vertex.Group.class::isInstance).stream()
        .map(v -> ((Vertex.Group) v).folded().kind())
        .toList();
  }

  @Test
  void aPartOfOnesOwnIsALevelMore() {
    Variable x = Variable.constant(Tensor.ones(4, 2));
    Deep deep = new Deep();
    Variable y = Scope.named("s", () -> Scope.named("s", () -> deep.call(x)));
    assertEquals(
        List.of("s", "s.s", "s.s.Deep", "s.s.Deep.mid", "s.s.Deep.mid.leafy"),
        paths(y).subList(0, 5));
  }

  @Test
  void containersInContainersAreSoManyLevels() {
    Sequential inner = new Sequential(new Linear(2, 2), new Tanh());
    Sequential net = new Sequential(new Sequential(inner, new Linear(2, 1)));
    Variable x = Variable.constant(Tensor.ones(4, 2));
    List<String> expected =
        List.of(
            "Sequential",
            "Sequential.0",
            "Sequential.0.0",
            "Sequential.0.0.0",
            "Sequential.0.0.1",
            "Sequential.0.1");
    assertEquals(expected, paths(net.call(x)));
    assertEquals(expected, paths(net.forward(x)));
  }

  @Test
  void theBlocksOfATransformerAreWhatTheirFieldsSay() {
    TransformerOptions options = TransformerOptions.defaults().dropout(0).feedforward(8);
    TransformerEncoderLayer layer = new TransformerEncoderLayer(4, 2, options, new Rng(1));
    Variable x = Variable.constant(Tensor.ones(3, 1, 4));
    List<String> inside =
        List.of("linear1", "linear2", "norm1", "norm2", "self_attn", "self_attn.out_proj");
    List<String> alone = paths(layer.call(x));
    assertEquals(prefixed("TransformerEncoderLayer", inside), alone);
    Variable encoded = new TransformerEncoder(layer, 2).call(x);
    List<String> expected = new ArrayList<>(List.of("TransformerEncoder"));
    expected.add("TransformerEncoder.layers");
    expected.addAll(prefixed("TransformerEncoder.layers.0", inside));
    expected.addAll(prefixed("TransformerEncoder.layers.1", inside));
    assertEquals(expected, paths(encoded));
    assertEquals("TransformerEncoder.layers.1", module(Graph.of(encoded.sum()), "relu", 1));
  }

  private static List<String> prefixed(String start, List<String> paths) {
    List<String> all = new ArrayList<>(List.of(start));
    paths.forEach(path -> all.add(start + "." + path));
    return all;
  }
}
