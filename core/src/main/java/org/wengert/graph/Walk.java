package org.wengert.graph;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.wengert.Autograd;
import org.wengert.Constant;
import org.wengert.Step;
import org.wengert.Variable;
import org.wengert.tensor.Tensor;

/// Walks along links of a graph on the live variables, whose rules give the numbers.
final class Walk {
  private final List<Variable> variables;

  /// A walk in the graph behind `y`.
  Walk(Variable y) {
    variables = Snapshot.variables(y);
  }

  Variable variable(int id) {
    return variables.get(id);
  }

  /// What comes back along links, from the result's side, for a gradient of the last result.
  Tensor back(List<Link> links, Tensor gy) {
    return Autograd.noGrad(
        () -> {
          Variable at = Variable.constant(gy);
          for (Link link : links) {
            for (Edge edge : link.edges()) {
              at = back(edge, at);
            }
          }
          return at.value();
        });
  }

  private Variable back(Edge edge, Variable gy) {
    Step step = (Step) variables.get(edge.to());
    @Nullable Variable gx = Autograd.pullback(step, gy).get(edge.input());
    return gx == null ? zeros(step.input(edge.input())) : gx;
  }

  /// How the result of a link moves when its operand moves along `dx`.
  Tensor forth(Link link, Tensor dx) {
    return Autograd.noGrad(
        () -> {
          Variable at = Variable.constant(dx);
          for (Edge edge : link.edges().reversed()) {
            at = Autograd.pushforward((Step) variables.get(edge.to()), edge.input(), at);
          }
          return at.value();
        });
  }

  private static Constant zeros(Variable like) {
    return Variable.constant(Tensor.zeros(like.shape(), like.dtype()));
  }
}
