package org.wengert.nn;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.wengert.GradientException;
import org.wengert.Variable;
import org.wengert.tensor.OptionException;

/// What a [Module] can do about hooks. Holds state: those that were registered.
abstract class Hooked implements Layer {
  private List<ModuleHook.Before> before = new CopyOnWriteArrayList<>();
  private List<ModuleHook.After> after = new CopyOnWriteArrayList<>();
  private List<ModuleHook.Backward> backward = new CopyOnWriteArrayList<>();

  Hooked() {}

  /// The output of this module with the hooks around it: what [Sequential] calls, and what a module
  /// of yours calls on others that may have hooks. The layers of this package do the same in
  /// `forward`; a `forward` of your own, called directly, knows nothing of hooks. PyTorch's
  /// `__call__`.
  public final Variable call(Variable x) {
    Variable y = callsHooks() ? forward(x) : hooked(List.of(x), xs -> forward(xs.getFirst()));
    return Watched.seen(this, y);
  }

  /// Whether `forward` calls the hooks itself.
  boolean callsHooks() {
    return false;
  }

  /// What `formula` gives for the inputs, with the hooks around it: for a module that takes several
  /// inputs in a method of its own.
  ///
  /// ```java
  /// public Variable forward(Variable query, Variable memory) {
  ///   return hooked(List.of(query, memory), xs -> attend(xs.get(0), xs.get(1)));
  /// }
  /// ```
  protected final Variable hooked(
      List<Variable> inputs, Function<List<Variable>, Variable> formula) {
    if (before.isEmpty() && after.isEmpty() && backward.isEmpty()) {
      return formula.apply(inputs);
    }
    Module self = (Module) this;
    List<Variable> xs = inputs;
    for (ModuleHook.Before hook : before) {
      xs = List.copyOf(hook.before(self, xs));
      if (xs.size() != inputs.size()) {
        throw new OptionException(
                "a hook before forward gave " + xs.size() + " inputs for " + inputs.size())
            .hint("return the inputs it was called with, or as many others");
      }
    }
    List<ModuleHook.Backward> hooks = List.copyOf(backward);
    Boundary boundary = hooks.isEmpty() ? null : new Boundary(xs, g -> applied(hooks, g));
    Variable y = formula.apply(boundary == null ? xs : boundary.inputs());
    for (ModuleHook.After hook : after) {
      y = hook.after(self, xs, y);
    }
    return boundary == null ? y : boundary.output(y);
  }

  private Boundary.Gradients applied(
      List<ModuleHook.Backward> hooks, Boundary.Gradients gradients) {
    Boundary.Gradients current = gradients;
    for (ModuleHook.Backward hook : hooks) {
      current = current.with(hook.backward((Module) this, current.inputs(), current.output()));
    }
    return current;
  }

  /// Calls `hook` before every call of this module; what it returns are the inputs. Hooks are
  /// called in the order they were registered, each with what the one before it returned.
  ///
  /// @return the registration, to remove it again
  public final ModuleHook registerForwardPreHook(ModuleHook.Before hook) {
    return registered(before, hook);
  }

  /// Calls `hook` after every call of this module; what it returns is the output. Hooks are called
  /// in the order they were registered, each with what the one before it returned.
  ///
  /// @return the registration, to remove it again
  public final ModuleHook registerForwardHook(ModuleHook.After hook) {
    return registered(after, hook);
  }

  /// Calls `hook` whenever a backward pass has completed the gradients of all inputs of one call of
  /// this module; what it returns goes on in their place. Gradients of the same variable from
  /// elsewhere are not in it. If no input wants a gradient, `hook` is called as soon as the output
  /// has one; if only parameters are asked for, by `Autograd.grad`, it is not called; nor is it for
  /// gradients of gradients, which do not pass the output.
  ///
  /// Hooks are called in the order they were registered, each with what the one before it returned.
  /// A graph that was recorded before keeps the hooks it was recorded with.
  ///
  /// @return the registration, to remove it again
  /// @throws GradientException in the backward pass, if a hook returns gradients of other shapes
  public final ModuleHook registerFullBackwardHook(ModuleHook.Backward hook) {
    return registered(backward, hook);
  }

  private static <H> ModuleHook registered(List<H> hooks, H hook) {
    hooks.add(hook);
    return new ModuleHook(() -> hooks.remove(hook));
  }

  /// Forgets all hooks without touching those of the module this one was cloned from.
  final void withoutHooks() {
    before = new CopyOnWriteArrayList<>();
    after = new CopyOnWriteArrayList<>();
    backward = new CopyOnWriteArrayList<>();
  }
}
