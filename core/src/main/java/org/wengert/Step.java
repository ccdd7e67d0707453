package org.wengert;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.wengert.tensor.Tensor;

/// A recorded operation together with its result: one object for variable and vertex. It keeps its
/// operands alive, and is kept alive by whoever holds a later result.
///
/// Immutable.
public final class Step extends Variable implements Node {
  private final long number;
  private final Op op;
  private final Variable first;
  private final @Nullable Variable second;
  private final Variable @Nullable [] all;
  private final Tensor @Nullable [] saved;

  Step(Op op, Tensor value, Variable first, @Nullable Variable second) {
    super(value, true);
    this.number = Clock.next();
    this.op = op;
    this.first = first;
    this.second = second;
    this.all = null;
    this.saved = null;
  }

  Step(Op op, Tensor value, Variable[] all, Tensor[] saved) {
    super(value, true);
    this.number = Clock.next();
    this.op = op;
    this.first = all[0];
    this.second = null;
    this.all = all;
    this.saved = saved;
  }

  /// What a fused operation's derivative wants to find again.
  Tensor[] saved() {
    return saved == null ? new Tensor[0] : saved;
  }

  @Override
  public long number() {
    return number;
  }

  /// What happened.
  public Op op() {
    return op;
  }

  /// The number of operands.
  public int inputCount() {
    if (all != null) {
      return all.length;
    }
    return second == null ? 1 : 2;
  }

  /// Operand `i`.
  public Variable input(int i) {
    if (all != null) {
      return all[i];
    }
    if (i == 0) {
      return first;
    }
    if (i != 1 || second == null) {
      throw new IndexOutOfBoundsException(i);
    }
    return second;
  }

  /// The operands in order.
  public List<Variable> inputs() {
    if (all != null) {
      return List.of(all);
    }
    return second == null ? List.of(first) : List.of(first, second);
  }

  /// The calls of scopes, such as layers, of which this is the result; the innermost first.
  public List<Scope.Call> calls() {
    Remarks remarks = remarksOrNull();
    return remarks == null ? List.of() : remarks.calls();
  }

  /// The line of the user's program where this was recorded, such as `Net.java:41`; empty unless
  /// that was in [Autograd#debug].
  public String line() {
    Remarks remarks = remarksOrNull();
    return remarks == null ? "" : remarks.line;
  }

  @Override
  public @Nullable Tensor grad() {
    throw new StateException(
            "grad() of a computed variable" + (name().isEmpty() ? "" : " '" + name() + "'"))
        .hint("only leaves keep gradients; Autograd.grad(y, x) gives the gradient of any x");
  }
}
