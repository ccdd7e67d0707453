package org.wengert;

import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// A function that sees, and may replace, the gradient of a variable: see [Variable#registerHook].
/// Holds state: whether it was removed. Removing is thread-safe.
public final class Hook {
  private final UnaryOperator<Variable> function;
  private final @Nullable Hook earlier;
  private volatile boolean removed;

  Hook(UnaryOperator<Variable> function, @Nullable Hook earlier) {
    this.function = function;
    this.earlier = earlier;
  }

  /// Never calls the function again.
  public void remove() {
    removed = true;
  }

  /// The gradient after this hook and all earlier ones.
  Variable apply(Variable gradient) {
    Variable before = earlier == null ? gradient : earlier.apply(gradient);
    if (removed) {
      return before;
    }
    Variable after = function.apply(before);
    Check.sameShape("the hook's gradient", after.value(), "its variable", gradient.value());
    return after;
  }
}
