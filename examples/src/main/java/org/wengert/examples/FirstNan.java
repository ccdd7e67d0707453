package org.wengert.examples;

import org.wengert.Autograd;
import org.wengert.F;
import org.wengert.NonFiniteException;
import org.wengert.Scope;
import org.wengert.Variable;
import org.wengert.graph.Graph;
import org.wengert.nn.Linear;
import org.wengert.nn.Module;
import org.wengert.nn.Sequential;
import org.wengert.tensor.Rng;
import org.wengert.tensor.Tensor;

/// Where the first `NaN` comes from: the code of `docs/how-to/find-the-first-nan.md`, where each
/// region stands word for word.
public final class FirstNan {
  private FirstNan() {}

  // region: model
  /// The length of each row, which has no derivative where a row is 0.
  static final class Length extends Module {
    @Override
    public Variable forward(Variable x) {
      return x.square().sum(1).sqrt();
    }
  }

  static Sequential model() {
    return new Sequential(new Linear(2, 3, false, new Rng(1)), new Length());
  }

  // end region

  /// Prints what is found, forwards and backwards.
  public static void main(String[] args) {
    System.out.println(forwards());
    System.out.println(backwards());
    System.out.println(graph(model()));
  }

  static String forwards() {
    Variable scores = Variable.of(new double[][] {{1, 2, 3}, {0, 900, 100}}).named("scores");
    // region: forwards
    try {
      Autograd.debug(
          () -> {
            Variable p = F.softmax(scores, 1);
            Variable loss = Scope.named("loss", () -> p.log().mean().neg());
            loss.backward();
          });
      return "all is finite";
    } catch (NonFiniteException e) {
      return e.getMessage();
    }
    // end region
  }

  static String backwards() {
    Sequential model = model();
    // region: backwards
    Variable x = Variable.constant(Tensor.of(new float[][] {{3, 4}, {0, 0}}));
    try {
      Autograd.debug(() -> model.call(x).sum().backward());
      return "all is finite";
    } catch (NonFiniteException e) {
      return e.getMessage();
    }
    // end region
  }

  static String graph(Sequential model) {
    Variable x = Variable.constant(Tensor.of(new float[][] {{3, 4}, {0, 0}}));
    // region: graph
    try {
      Autograd.debug(() -> model.call(x).sum().backward());
      return "all is finite";
    } catch (NonFiniteException e) {
      return Graph.of(e).text();
    }
    // end region
  }
}
