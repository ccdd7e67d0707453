package org.wengert.nn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.wengert.Autograd;
import org.wengert.NonFiniteException;
import org.wengert.Parameter;
import org.wengert.Variable;
import org.wengert.graph.ChainRule;
import org.wengert.graph.Graph;
import org.wengert.graph.Part;
import org.wengert.graph.Vertex;
// not java.lang.Module
import org.wengert.tensor.DType;
import org.wengert.tensor.Shape;
import org.wengert.tensor.Tensor;

/// What the parameters and parts of a model are called in a graph, though nobody has asked for its
/// parameters.
class GraphNamesTest {
  private static final class Net extends Module {
    final Linear hidden = new Linear(2, 3);
    final Linear output = new Linear(3, 1);
    final Parameter scale = new Parameter(Tensor.of(new float[] {2}));

    @Override
    public Variable forward(Variable x) {
      return output.call(hidden.call(x).tanh()).mul(scale);
    }
  }

  private static final class Block extends Module {
    final Linear a = new Linear(2, 2);
    final Linear b = new Linear(2, 2);

    @Override
    public Variable forward(Variable x) {
      return b.forward(a.forward(x).tanh()).add(x);
    }
  }

  private static final class Blocks extends Module {
    final Block first = new Block();
    final Block second = new Block();

    @Override
    public Variable forward(Variable x) {
      return second.forward(first.forward(x));
    }
  }

  private static final Variable X = Variable.constant(Tensor.ones(1, 2)).named("x");

  private static List<String> parameters(Graph graph) {
    return graph.find(v -> v instanceof Vertex.Leaf).stream().map(Vertex::name).toList();
  }

  @Test
  void parametersOfSequentialHaveTheirPaths() {
    Sequential net = new Sequential(new Linear(2, 2), new ReLU(), new Linear(2, 1));
    Graph graph = Graph.of(net.forward(X).sum());
    assertEquals(List.of("0.weight", "0.bias", "2.weight", "2.bias"), parameters(graph));
    assertEquals("Sequential.2", graph.find("2.weight").module());
  }

  @Test
  void parametersOfModuleThatIsCalledHaveTheNamesOfFields() {
    Net net = new Net();
    Graph graph = Graph.of(net.call(X).sum());
    assertEquals(
        List.of("hidden.weight", "hidden.bias", "output.weight", "output.bias", "scale"),
        parameters(graph));
    assertEquals("Net.hidden", graph.find("hidden.weight").module());
  }

  @Test
  void parametersAreNotNamedByLookingAtThem() {
    Net net = new Net();
    Graph.of(net.call(X).sum());
    assertEquals("weight", net.hidden.weight().name());
    assertEquals("", net.scale.name());
  }

  @Test
  void explanationsUseTheSameNames() {
    Net net = new Net();
    Variable loss = net.call(X).sum().named("L");
    String text = ChainRule.explain(loss, net.hidden.weight()).text();
    assertTrue(text.startsWith("∂L/∂hidden.weight: one path\n"), text);
  }

  @Test
  void namesThatWereGivenStay() {
    Net net = new Net();
    net.hidden.weight().named("W");
    net.output.parameters().getFirst().named("output weight");
    Graph graph = Graph.of(net.call(X).sum());
    assertEquals(
        List.of("W", "hidden.bias", "output weight", "output.bias", "scale"), parameters(graph));
  }

  @Test
  void twoModelsAreToldApartByTheirKinds() {
    Sequential generator = new Sequential(new Linear(2, 2));
    Sequential critic = new Sequential(new Linear(2, 1));
    Graph graph = Graph.of(critic.forward(generator.forward(X)).sum());
    assertEquals(
        List.of(
            "Sequential.0.weight",
            "Sequential.0.bias",
            "Sequential2.0.weight",
            "Sequential2.0.bias"),
        parameters(graph));
    assertEquals(
        List.of("Sequential", "Sequential.0", "Sequential2", "Sequential2.0"),
        graph.parts().stream().map(Part::toString).toList());
  }

  @Test
  void layersOfAModelThatNobodyCalledAreToldApart() {
    Net net = new Net();
    Graph graph = Graph.of(net.forward(X).sum());
    assertEquals(
        List.of("Linear.weight", "Linear.bias", "Linear2.weight", "Linear2.bias", ""),
        parameters(graph));
  }

  @Test
  void modulesThatAreNotCalledFoldByThePathsOfTheirLayers() {
    Blocks net = new Blocks();
    net.parameters();
    Graph graph = Graph.of(net.forward(X).sum());
    assertEquals(
        List.of("first Block", "first.a Linear", "first.b Linear"), parts(graph).subList(0, 3));
    assertTrue(graph.foldByModule().text().contains("= Block("), graph.foldByModule().text());
  }

  @Test
  void modulesInsideOneThatIsCalledFoldByThePathsOfTheirLayers() {
    Graph graph = Graph.of(new Blocks().call(X).sum());
    assertEquals(
        List.of("Blocks Blocks", "Blocks.first Block", "Blocks.first.a Linear"),
        parts(graph).subList(0, 3));
    String folded = graph.foldByModule(2).text();
    assertTrue(folded.contains("= Block(x)"), folded);
  }

  @Test
  void debuggingNamesLayersByTheirPaths() {
    Net net = new Net();
    net.output.weight().assign(Tensor.full(Shape.of(1, 3), Double.NaN, DType.FLOAT32));
    NonFiniteException e =
        assertThrows(NonFiniteException.class, () -> Autograd.debug(() -> net.call(X)));
    assertTrue(e.getMessage().startsWith("Linear 'output': "), e.getMessage());
  }

  @Test
  void listsFoldUnderTheirNames() {
    ModuleList<Block> blocks = new ModuleList<>(new Block(), new Block());
    Module net =
        new Module() {
          final ModuleList<Block> layers = blocks;

          @Override
          public Variable forward(Variable x) {
            Variable y = x;
            for (Block block : layers) {
              y = block.call(y);
            }
            return y;
          }
        };
    Graph graph = Graph.of(net.call(X).sum());
    String folded = graph.foldByModule(2).text();
    assertTrue(folded.contains("= ModuleList(x)"), folded);
  }

  private static List<String> parts(Graph graph) {
    return graph.parts().stream().map(part -> part + " " + part.kind()).toList();
  }
}
