package org.wengert.nn;

import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.wengert.Variable;

/// A function that sees, and may replace, what goes through a module: see
/// [Module#registerForwardPreHook], [Module#registerForwardHook] and
/// [Module#registerFullBackwardHook]. Registering, removing and calling are thread-safe.
public final class ModuleHook {
  private final Runnable removal;
  private final AtomicBoolean removed = new AtomicBoolean();

  ModuleHook(Runnable removal) {
    this.removal = removal;
  }

  /// Never calls the function again, and forgets it.
  public void remove() {
    if (removed.compareAndSet(false, true)) {
      removal.run();
    }
  }

  /// Is called before a module computes.
  @FunctionalInterface
  public interface Before {
    /// What the module computes with: `inputs`, or as many others.
    List<Variable> before(Module module, List<Variable> inputs);
  }

  /// Is called with what a module computed.
  @FunctionalInterface
  public interface After {
    /// What the module returns: `output`, or another variable.
    Variable after(Module module, List<Variable> inputs, Variable output);
  }

  /// Is called with the gradients of one call of a module, once all of them are complete.
  @FunctionalInterface
  public interface Backward {
    /// The gradients that go on to the module's inputs: `gradInputs`, or others of the same shapes.
    ///
    /// @param gradInputs the gradient of each input, null where none is wanted, as in data
    /// @param gradOutput the gradient of the output
    List<@Nullable Variable> backward(
        Module module, List<@Nullable Variable> gradInputs, Variable gradOutput);
  }
}
