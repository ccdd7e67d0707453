package org.wengert.nn;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.wengert.Variable;
import org.wengert.graph.Graph;
import org.wengert.graph.Part;
import org.wengert.graph.Vertex;
// not java.lang.Module
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
}
