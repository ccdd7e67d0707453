package org.wengert.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Objects;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.wengert.Autograd;
import org.wengert.LstmState;
import org.wengert.Variable;
import org.wengert.graph.ChainRule;
import org.wengert.graph.Explanation;
import org.wengert.graph.Factor;
import org.wengert.graph.Graph;
import org.wengert.graph.Vertex;
import org.wengert.tensor.Rng;
import org.wengert.tensor.Tensor;

/// What graphs and derivations show of recurrent layers.
class RecurrentGraphTest {
  private final Variable x = Variable.constant(Tensor.of(new float[][] {{1, 2}})).named("x");
  private final Variable h0 = Variable.constant(Tensor.of(new float[][] {{0.5f}})).named("h0");
  private final Variable c0 = Variable.constant(Tensor.of(new float[][] {{-1}})).named("c0");

  private static String derivative(Variable y, Variable parameter) {
    return ChainRule.explain(y, parameter)
        .paths()
        .getFirst()
        .factors()
        .getFirst()
        .derivative()
        .toString();
  }

  @Test
  void aPlainCellIsWrittenAsAStudentDoes() {
    RNNCell cell = new RNNCell(2, 1);
    Variable h1 = cell.forward(x, h0).named("h1");
    Graph graph = Graph.of(h1);
    assertEquals(
        "tanh(x weight_ihᵀ + bias_ih + h0 weight_hhᵀ + bias_hh)",
        graph.formula(graph.output()).toString());
    List<String> derivatives =
        graph.output().operands().stream().map(e -> graph.derivative(e).toString()).toList();
    assertEquals(
        List.of(
            "(1 - h1²) weight_ih",
            "(1 - h1²) x",
            "(1 - h1²) h0",
            "(1 - h1²) weight_hh",
            "(1 - h1²)",
            "(1 - h1²)"),
        derivatives);
    RNNCell relu = new RNNCell(2, 1, false, RNN.Nonlinearity.RELU, new Rng(1));
    Graph other = Graph.of(relu.forward(x, h0).named("h1"));
    assertEquals("relu(x weight_ihᵀ + h0 weight_hhᵀ)", other.formula(other.output()).toString());
    assertEquals(
        "(1 if h1 > 0, else 0) x", other.derivative(other.output().operands().get(1)).toString());
  }

  @Test
  void theGatesOfAGruAreInItsFormulas() {
    GRUCell cell = new GRUCell(2, 1);
    Variable h1 = cell.forward(x, h0).named("h1");
    Graph graph = Graph.of(h1);
    assertEquals(
        "(1 - z) n + z h0, (r, z) = σ(x weight_ihᵀ + bias_ih + h0 weight_hhᵀ + bias_hh),"
            + " n = tanh(x weight_ihᵀ + bias_ih + r (h0 weight_hhᵀ + bias_hh))",
        graph.formula(graph.output()).toString());
    assertEquals(
        "(∂h1/∂r r (1 - r), (h0 - n) z (1 - z), r (1 - z) (1 - n²)) h0",
        derivative(h1, cell.parameters().get(1)));
    assertEquals(
        "(∂h1/∂r r (1 - r), (h0 - n) z (1 - z), (1 - z) (1 - n²)) x",
        derivative(h1, cell.parameters().get(0)));
  }

  @Test
  void theGatesOfAnLstmAreInItsFormulas() {
    LSTMCell cell = new LSTMCell(2, 1);
    Variable h1 = cell.forward(x, new LstmState(h0, c0)).hidden().named("h1");
    Graph graph = Graph.of(h1);
    Vertex step = graph.vertex(graph.output().operands().getFirst().from());
    assertTrue(
        graph.formula(step).toString().startsWith("(o tanh(c), c), c = f c0 + i g, (i, f, o) = σ("),
        graph.formula(step).toString());
    Explanation explanation = ChainRule.explain(h1, cell.parameters().get(1));
    assertTrue(explanation.text().contains("g i (1 - i)"), explanation.text());
    assertTrue(
        explanation.latex().contains(" \\\\\n &\\quad  c = f\\, c_{0}"), explanation.latex());
  }

  @Test
  void aWalkOverManyStepsIsASumOverThem() {
    GRU gru = new GRU(2, 1);
    Variable y = gru.forward(Variable.constant(Tensor.ones(3, 1, 2))).sum();
    List<Factor> factors =
        ChainRule.explain(y, gru.parameters().getFirst()).paths().getFirst().factors();
    String label = factors.getLast().of();
    assertEquals(
        "Σ ∂" + label + "/∂h(t) ∂h(t)/∂weight_ih_l0", factors.getLast().derivative().toString());
  }

  @Test
  void unfusedCellsShowTheirGates() {
    LSTMCell cell = new LSTMCell(2, 1);
    LstmState fused = cell.forward(x, new LstmState(h0, c0));
    LstmState next = Autograd.unfused(() -> cell.forward(x, new LstmState(h0, c0)));
    Variable y = next.hidden().named("h1");
    assertArrayEquals(fused.hidden().value().toDoubleArray(), y.value().toDoubleArray(), 1e-6);
    Variable weight = cell.parameters().getFirst();
    Explanation explanation = ChainRule.explain(y, weight);
    assertArrayEquals(
        Objects.requireNonNull(Autograd.grad(fused.hidden(), weight)).value().toDoubleArray(),
        explanation.sum().toDoubleArray(),
        1e-6);
    TreeSet<String> through = new TreeSet<>();
    explanation.paths().forEach(path -> through.addAll(path.through()));
    assertEquals("[f, g, i, o]", through.toString());
    Graph gates = Graph.of(y);
    assertTrue(gates.formula(gates.find("i")).toString().startsWith("σ("));
    Variable gru = Autograd.unfused(() -> new GRUCell(2, 1).forward(x, h0));
    Graph graph = Graph.of(gru);
    assertEquals(3, graph.find(v -> List.of("r", "z", "n").contains(v.name())).size());
  }

  @Test
  void unfusedLayersShowEveryStep() {
    LSTM lstm = new LSTM(2, 3);
    Variable sequence = Variable.constant(Tensor.ones(4, 1, 2));
    Variable y = Autograd.unfused(() -> lstm.forward(sequence));
    assertArrayEquals(
        lstm.forward(sequence).value().toDoubleArray(), y.value().toDoubleArray(), 1e-6);
    assertEquals(4, Graph.of(y).find(v -> v.name().equals("o")).size());
  }
}
