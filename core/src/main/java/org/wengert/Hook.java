package org.wengert;

import java.util.List;
import java.util.function.UnaryOperator;

/// A function that sees, and may replace, the gradient of a variable: see [Variable#registerHook].
/// Registering, removing and calling are thread-safe.
public final class Hook {
  private final List<Hook> hooks;
  private final UnaryOperator<Variable> function;

  private Hook(List<Hook> hooks, UnaryOperator<Variable> function) {
    this.hooks = hooks;
    this.function = function;
  }

  static Hook in(List<Hook> hooks, UnaryOperator<Variable> function) {
    Hook hook = new Hook(hooks, function);
    hooks.add(hook);
    return hook;
  }

  /// Never calls the function again, and forgets it.
  public void remove() {
    hooks.remove(this);
  }

  /// The gradient after all hooks, in the order they were registered.
  static Variable applied(List<Hook> hooks, Variable gradient) {
    Variable current = gradient;
    for (Hook hook : hooks) {
      current = hook.function.apply(current);
      if (current == null) {
        throw new GradientException("a hook gave null for a gradient")
            .hint("return the gradient it was called with, or another one");
      }
      Check.sameShape("the hook's gradient", current.value(), "its variable", gradient.value());
      Check.sameType("the hook's gradient", current.value(), "its variable", gradient.value());
    }
    return current;
  }
}
