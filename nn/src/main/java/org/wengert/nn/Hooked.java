package org.wengert.nn;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.wengert.GradientException;
import org.wengert.Scope;
import org.wengert.Variable;
import org.wengert.tensor.OptionException;

/// What a [Module] can do about hooks. Holds state: those that were registered.
abstract class Hooked implements Layer {
  private List<ModuleHook.Before> before = new CopyOnWriteArrayList<>();
  private List<ModuleHook.After> after = new CopyOnWriteArrayList<>();
  private List<ModuleHook.Backward> backward = new CopyOnWriteArrayList<>();

  Hooked() {}

  /// The output of this module for the input `x`, with the hooks around it, recorded as a part of
  /// its own: the way to call a module. The layers of this package do the same in `forward`; a
  /// `forward` of your own, called directly, knows nothing of hooks, and leaves only its layers in
  /// graphs, errors and [Module#summary]. PyTorch's `__call__`, `model(x)`.
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
    return hooked(inputs, formula, Outputs.ONE);
  }

  /// What a call returns that has more outputs than the one that hooks see and may replace.
  ///
  /// @param parts all variables in it, the output first
  /// @param whole what consists of these
  record Outputs<T>(Function<T, List<Variable>> parts, Function<List<Variable>, T> whole) {
    static final Outputs<Variable> ONE = new Outputs<>(List::of, List::getFirst);
  }

  /// As [#hooked(List, Function)], for a formula with several outputs. Hooks see the first; that a
  /// backward pass comes through any of them is enough to call those that wait for it.
  final <T> T hooked(
      List<Variable> inputs, Function<List<Variable>, T> formula, Outputs<T> outputs) {
    return Scope.around(
        (Located) this,
        () -> surrounded(inputs, formula, outputs),
        found -> outputs.parts.apply(found).getFirst());
  }

  private <T> T surrounded(
      List<Variable> inputs, Function<List<Variable>, T> formula, Outputs<T> outputs) {
    if (before.isEmpty() && after.isEmpty() && backward.isEmpty()) {
      return formula.apply(inputs);
    }
    List<Variable> xs = prepared(inputs);
    List<ModuleHook.Backward> hooks = List.copyOf(backward);
    Boundary boundary = hooks.isEmpty() ? null : new Boundary(xs, g -> applied(hooks, g));
    T found = formula.apply(boundary == null ? xs : boundary.inputs());
    List<Variable> ys = new ArrayList<>(outputs.parts.apply(found));
    for (ModuleHook.After hook : after) {
      ys.set(0, hook.after((Module) this, xs, ys.getFirst()));
    }
    return outputs.whole.apply(boundary == null ? ys : boundary.outputs(ys));
  }

  private List<Variable> prepared(List<Variable> inputs) {
    List<Variable> xs = inputs;
    for (ModuleHook.Before hook : before) {
      xs = List.copyOf(hook.before((Module) this, xs));
      if (xs.size() != inputs.size()) {
        throw new OptionException(
                "a hook before forward gave " + xs.size() + " inputs for " + inputs.size())
            .hint("return the inputs it was called with, or as many others");
      }
    }
    return xs;
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
  /// Layers that return more than their output, as an [LSTM] its state, show their hooks all
  /// variables among the inputs, but only the output; its gradient is zeros in a pass that comes
  /// through the rest alone.
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
