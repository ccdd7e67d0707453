package org.wengert.optim;

import java.util.List;
import java.util.function.Supplier;
import org.wengert.Parameter;
import org.wengert.StateException;
import org.wengert.Variable;

/// The evaluation of a closure: forget the old gradients, compute the loss, go backward.
final class LossClosure {
  private LossClosure() {}

  /// The loss, after it has gone backward.
  ///
  /// @throws StateException if the closure has gone backward itself, as it does in PyTorch: every
  ///     gradient would count twice
  static Variable evaluate(Optimizer optimizer, Supplier<Variable> closure) {
    optimizer.zeroGrad();
    Variable loss = closure.get();
    List<Parameter> parameters =
        optimizer.groups().stream()
            .<Parameter>flatMap(group -> group.parameters().stream())
            .toList();
    long reached = parameters.stream().filter(Parameter::hasGrad).count();
    if (reached > 0) {
      String found = "the closure left gradients at " + reached + " of " + parameters.size();
      throw (StateException)
          new StateException(found + " parameters")
              .hint("leave out zeroGrad() and backward(): the closure only computes the loss")
              .during(optimizer.getClass().getSimpleName() + ".step(closure)");
    }
    loss.backward();
    return loss;
  }
}
