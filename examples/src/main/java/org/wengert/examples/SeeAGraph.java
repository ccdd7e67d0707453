package org.wengert.examples;

import java.nio.file.Path;
import org.wengert.Autograd;
import org.wengert.LstmState;
import org.wengert.Variable;
import org.wengert.graph.ChainRule;
import org.wengert.graph.Graph;
import org.wengert.nn.LSTMCell;
import org.wengert.nn.RNN;
import org.wengert.nn.RNNCell;
import org.wengert.tensor.Rng;
import org.wengert.tensor.Tensor;

/// The code of the page on how to see a graph: pictures of a loss, and what is inside of a
/// recurrent layer.
final class SeeAGraph {
  private SeeAGraph() {}

  static void all(Variable loss) {
    // region: all
    Graph graph = Graph.of(loss); // values and gradients, as they are now
    graph.open(); // in the browser
    graph.html(Path.of("loss.html")); // the same page as a file, to hand on
    graph.svg(Path.of("loss.svg")); // one picture, for a sheet
    System.out.println(graph.json()); // the data of both
    // end region
  }

  /// Backpropagation through time, the larger of two paths.
  static String steps() {
    Variable x = Variable.constant(Tensor.of(new float[][] {{0.5f}, {-1}})).named("x");
    // region: cell
    RNNCell cell = new RNNCell(1, 1, false, RNN.Nonlinearity.TANH, new Rng(1));
    Variable h = Variable.constant(Tensor.of(new float[][] {{0.5f}})).named("h0");
    for (int t = 1; t <= 2; t++) {
      h = cell.forward(x.slice(0, t - 1, t), h).named("h" + t);
    }
    String text = ChainRule.explain(h.sum().named("L"), cell.parameters().get(1)).text();
    // end region
    return beginning(text, 12);
  }

  /// What a gate contributes.
  static String gates() {
    Variable x = Variable.constant(Tensor.of(new float[][] {{0.5f}})).named("x");
    // region: gates
    LSTMCell cell = new LSTMCell(1, 1, true, new Rng(1));
    Variable h0 = Variable.constant(Tensor.of(new float[][] {{0.5f}})).named("h0");
    Variable c0 = Variable.constant(Tensor.of(new float[][] {{-1}})).named("c0");
    LstmState next = Autograd.unfused(() -> cell.forward(x, new LstmState(h0, c0)));
    Variable c1 = next.cell().named("c1");
    String text = ChainRule.explain(c1, cell.parameters().getFirst()).text();
    // end region
    return beginning(text, 8);
  }

  private static String beginning(String text, int lines) {
    return text.lines().limit(lines).reduce("", (a, b) -> a + b + "\n");
  }
}
