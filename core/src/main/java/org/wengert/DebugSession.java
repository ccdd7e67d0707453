package org.wengert;

import java.lang.System.Logger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What one call of [Autograd#debug] knows beyond single operations: habits that compute something,
/// but hardly what was meant. Each is warned of once. Holds state: what was warned of, and when
/// parameters last changed.
final class DebugSession {
  /// Stands for not debugging.
  static final DebugSession OFF = new DebugSession();

  private static final int MANY = 8;

  private final Set<String> warned = Collections.synchronizedSet(new LinkedHashSet<>());
  private volatile long changedAt;

  /// Notes that a parameter was rewritten.
  void changed(long time) {
    changedAt = time;
  }

  /// Looks at a step that was recorded.
  void consider(Step y, Variable... xs) {
    considerSoftmax(y);
    int updates = 0;
    for (Variable x : xs) {
      Remarks remarks = x instanceof Step ? x.remarksOrNull() : null;
      if (remarks != null) {
        boolean isOlder = ((Step) x).number() < changedAt;
        updates = Math.max(updates, remarks.updates + (isOlder ? 1 : 0));
      }
    }
    y.remarks().updates = updates;
    if (updates >= MANY) {
      warn(
          "chain",
          ("%s%s keeps the graphs of %d updates of the parameters alive, and they grow: add"
                  + " loss.item(), or detach() what goes from one step to the next")
              .formatted(y.op().label(), at(y), updates));
    }
  }

  private void considerSoftmax(Step y) {
    boolean normalizes =
        y.op() instanceof Softmax || y.op() instanceof LogSoftmax || y.op() instanceof CrossEntropy;
    Step source = normalizes ? source(y.input(0)) : null;
    if (source != null && source.op() instanceof Softmax) {
      warn(
          "softmax",
          "%s%s takes the softmax of one%s: give it the scores, without softmax"
              .formatted(y.op().label(), at(y), at(source)));
    }
  }

  /// The step whose numbers `x` is a view of.
  private static @Nullable Step source(Variable x) {
    Variable at = x;
    while (at instanceof Step step && step.input(0).value.storage() == at.value.storage()) {
      at = step.input(0);
    }
    return at instanceof Step step ? step : null;
  }

  /// Looks at a leaf to which a backward pass is about to add a gradient.
  void considerGradient(Leaf leaf) {
    Remarks remarks = leaf.remarks();
    long before = remarks.gradientAt;
    if (leaf.hasGrad() && before > 0 && leaf.value.storage().changedAt() > before) {
      warn(
          "gradient",
          ("the gradient of %s is added to that from before its last update: call"
                  + " optimizer.zeroGrad() before backward()")
              .formatted(leaf.name().isEmpty() ? "a parameter" : "'" + leaf.name() + "'"));
    }
    remarks.gradientAt = Clock.now();
  }

  private static String at(Step step) {
    return step.line().isEmpty() ? "" : " at " + step.line();
  }

  private void warn(String habit, String message) {
    if (warned.add(habit)) {
      Logger logger = System.getLogger("org.wengert");
      logger.log(Logger.Level.WARNING, message);
    }
  }

  /// Where a step was recorded, in words, as far as the calls that were seen tell.
  static String place(Step step, List<Scope.Call> calls) {
    Remarks remarks = step.remarksOrNull();
    if (remarks != null && remarks.place != null) {
      return remarks.place.toString();
    }
    List<Scope.Call> around = new ArrayList<>(calls);
    around.removeIf(call -> !call.contains(step));
    around.sort(
        Comparator.comparingLong(Scope.Call::start)
            .thenComparing(Comparator.comparingLong(Scope.Call::end).reversed()));
    return Place.described(around.stream().map(Scope.Call::scope).toList());
  }
}
