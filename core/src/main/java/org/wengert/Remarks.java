package org.wengert;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// What only few variables have: a name, hooks, the calls whose result they are, and, in debug
/// mode, where they were recorded. Apart from the variable, so that the many others pay for one
/// empty field.
final class Remarks {
  volatile String name = "";
  volatile String line = "";
  volatile @Nullable Place place;

  /// Whose numbers a constant has in another shape, and whose name.
  volatile @Nullable Variable origin;

  /// How many updates of the parameters lie between the steps of a chain that ends here.
  volatile int updates;

  /// The time when the last gradient was added, if that was in debug mode.
  volatile long gradientAt;

  private @Nullable List<Hook> hooks;
  private List<Scope.Call> calls = List.of();

  synchronized Hook hook(UnaryOperator<Variable> function) {
    hooks = hooks == null ? new CopyOnWriteArrayList<>() : hooks;
    return Hook.in(hooks, function);
  }

  synchronized boolean isHooked() {
    return hooks != null;
  }

  Variable hooked(Variable gradient) {
    List<Hook> registered;
    synchronized (this) {
      registered = hooks;
    }
    return registered == null ? gradient : Hook.applied(registered, gradient);
  }

  /// Notes that `y`, if it was recorded since `start`, is the result of a call of `scope`.
  static void note(Scope scope, long start, Variable y) {
    if (y instanceof Step step && step.number() > start) {
      step.remarks().add(new Scope.Call(scope, start, Clock.now()));
    }
  }

  synchronized void add(Scope.Call call) {
    List<Scope.Call> longer = new ArrayList<>(calls);
    longer.add(call);
    calls = List.copyOf(longer);
  }

  synchronized List<Scope.Call> calls() {
    return calls;
  }
}
