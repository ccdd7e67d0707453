package org.wengert.nn;

import java.util.function.UnaryOperator;
import org.wengert.Variable;

/// A layer that is one function without parameters, so that its class is a name, a formula and its
/// settings.
abstract class Activation extends Watched {
  private final UnaryOperator<Variable> function;
  private final String settings;

  /// A function with nothing to set.
  Activation(UnaryOperator<Variable> function) {
    this(function, "");
  }

  /// A function, and what was set in it, such as `alpha=1.0`.
  Activation(UnaryOperator<Variable> function, String settings) {
    this.function = function;
    this.settings = settings;
  }

  @Override
  final Variable compute(Variable x) {
    return function.apply(x);
  }

  @Override
  protected final String settings() {
    return settings;
  }
}
