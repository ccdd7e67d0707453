package org.wengert;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Forward mode: pushes tangents along a recorded graph, from operands to results, in the order of
/// creation. Where reverse mode asks what moves one result, this asks what one change moves.
final class Forward {
  private Forward() {}

  /// The derivative of `y` when every `xs` moves along its `dxs`; zeros if `y` depends on none.
  static Variable tangent(Variable y, List<? extends Variable> xs, List<? extends Variable> dxs) {
    return tangent(y, xs, dxs, Reach.from(y, xs));
  }

  /// The same along steps not older than `start` only, for what is recomputed: see [Sweep#within].
  static Variable within(long start, Variable y, Variable x, Variable dx) {
    return tangent(y, List.of(x), List.of(dx), Reach.within(start, y, List.of(x)));
  }

  private static Variable tangent(
      Variable y, List<? extends Variable> xs, List<? extends Variable> dxs, Reach reach) {
    IdentityHashMap<Variable, Variable> tangents = new IdentityHashMap<>();
    for (int i = 0; i < xs.size(); i++) {
      tangents.merge(xs.get(i), dxs.get(i), Variable::add);
    }
    for (Step step : reach.ascending()) {
      if (!tangents.containsKey(step)) {
        Variable tangent = tangent(step, tangents);
        if (tangent != null) {
          tangents.put(step, tangent);
        }
      }
    }
    Variable tangent = tangents.get(y);
    return tangent == null ? F.zerosLike(y) : tangent;
  }

  private static @Nullable Variable tangent(
      Step step, IdentityHashMap<Variable, Variable> tangents) {
    Variable sum = null;
    for (int i = 0; i < step.inputCount(); i++) {
      Variable dx = tangents.get(step.input(i));
      if (dx != null) {
        Variable part = Autograd.pushforward(step, i, dx);
        sum = sum == null ? part : sum.add(part);
      }
    }
    return sum;
  }

  /// `∂y/∂x · dx` from the rule for `gy ↦ gy · ∂y/∂x`: the rule is linear in `gy`, so its gradient
  /// with respect to `gy` is its transpose.
  static Variable transposed(Op op, int input, Variable dx, Step step) {
    Variable probe = Variable.of(F.zerosLike(step).value());
    Variable x = step.input(input);
    Variable pulled =
        Autograd.enableGrad(() -> Sweep.fitted(op.gradient(input, probe, step), x, op));
    if (!pulled.requiresGrad()) {
      return F.zerosLike(step);
    }
    List<@Nullable Variable> found = Autograd.grad(pulled, List.of(probe), dx);
    Variable tangent = found.getFirst();
    return tangent == null ? F.zerosLike(step) : tangent;
  }

  /// A stand-in for each point at which a function is differentiated: a leaf for a constant, else
  /// a step of its own behind the variable, so that neither the variable's hooks nor what the
  /// function takes of it from outside have a part in the function's derivative.
  static List<Variable> standIns(List<? extends Variable> xs) {
    List<Variable> standIns = new ArrayList<>();
    for (Variable x : xs) {
      Variable own = x.requiresGrad() ? standIn(x) : Variable.of(x.value());
      standIns.add(x.name().isEmpty() ? own : own.named(x.name()));
    }
    return standIns;
  }

  static Variable standIn(Variable x) {
    return Autograd.enableGrad(() -> new Cast(x.dtype()).apply(x));
  }
}
