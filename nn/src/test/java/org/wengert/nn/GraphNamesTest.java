package org.wengert.nn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.wengert.Autograd;
import org.wengert.LstmState;
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
  void inputsOfRecurrentLayersKeepTheirNames() {
    LSTM lstm = new LSTM(3, 4, RNNOptions.defaults().batchFirst(true));
    Variable x = Variable.constant(Tensor.ones(2, 5, 3)).named("x");
    Graph graph = Graph.of(lstm.forward(x).sum());
    List<Vertex> found = graph.find(v -> v.shape().equals(Shape.of(10, 3)));
    assertEquals(List.of("x"), found.stream().map(Vertex::name).toList());
  }

  @Test
  void aCellInALoopHasAPathForEachWayThroughTime() {
    LSTMCell cell = new LSTMCell(3, 4);
    Variable x = Variable.constant(Tensor.ones(3, 1, 3)).named("x");
    Variable zeros = Variable.constant(Tensor.zeros(1, 4));
    LstmState state = new LstmState(zeros, zeros);
    for (int t = 0; t < 3; t++) {
      state = cell.forward(x.select(0, t), state);
      state.hidden().named("h" + t);
      state.cell().named("c" + t);
    }
    Parameter recurrent = cell.parameters().get(1);
    assertEquals("weight_hh", recurrent.name());
    String text = ChainRule.explain(state.hidden().sum().named("L"), recurrent).text();
    assertTrue(text.contains("∂L/∂weight_hh: "), text);
    assertTrue(text.contains("∂h1"), text);
  }

  @Test
  void partsOfGivenNumbersAreNotTheWhole() {
    Linear linear = new Linear(2, 1);
    Variable x = Variable.constant(Tensor.ones(3, 2)).named("x");
    Graph graph = Graph.of(linear.forward(x.slice(0, 0, 2)).sum());
    assertEquals(List.of(), graph.find(v -> v.name().equals("x")));
    assertEquals("x", Graph.of(linear.forward(x.reshape(1, 3, 2)).sum()).find("x").name());
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
