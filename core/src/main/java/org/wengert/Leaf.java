package org.wengert;

import org.jspecify.annotations.Nullable;
import org.wengert.backend.Backends;
import org.wengert.backend.Update;
import org.wengert.tensor.DTypeException;
import org.wengert.tensor.Tensor;
import org.wengert.tensor.pool.Holders;

/// A variable at which gradients are wanted. Holds state: the gradient that `backward()` has added
/// up. Adding is thread-safe.
public sealed class Leaf extends Variable implements Node permits Parameter {
  private final long number;
  private @Nullable Tensor grad; // held, until somebody asks for it

  Leaf(Tensor value) {
    super(value, true);
    if (!value.dtype().isFloating()) {
      throw new DTypeException("a variable of type " + value.dtype() + " has no gradient")
          .hint("use Variable.constant(..) for indices and masks, or convert with to(FLOAT32)")
          .during("Variable.of")
          .operand("input 0", "", value.shape() + " " + value.dtype());
    }
    this.number = Clock.next();
  }

  @Override
  public final long number() {
    return number;
  }

  @Override
  public Leaf named(String name) {
    super.named(name);
    return this;
  }

  @Override
  public final synchronized @Nullable Tensor grad() {
    if (grad != null) {
      Holders.show(grad.storage());
    }
    return grad;
  }

  /// Whether a gradient has arrived. Unlike [#grad] this leaves the library free to use the
  /// gradient's memory again after [#zeroGrad].
  public final synchronized boolean hasGrad() {
    return grad != null;
  }

  /// The gradient, for a reader that does not keep it.
  final synchronized @Nullable Tensor glimpse() {
    return grad;
  }

  /// The norm `(Σ |g|ᵖ)^(1/p)` of the gradient `g` with `p = order`, to watch or to clip it; 0 if
  /// none has arrived, not a number if an element is none. Computed in `double`; no power
  /// overflows. Unlike [#grad] this leaves the library free to use the gradient's memory again.
  /// Thread-safe.
  ///
  /// @param order above 0; infinity means the largest magnitude
  /// @throws org.wengert.tensor.OptionException if `order` is not above 0
  public final double gradNorm(double order) {
    Clipping.requireOrder(order);
    Tensor held = heldGrad();
    if (held == null) {
      return 0;
    }
    try {
      return Clipping.norm(held, order);
    } finally {
      Holders.release(held.storage());
    }
  }

  /// The gradient, with the caller as one more holder, so that nobody rewrites it meanwhile.
  private synchronized @Nullable Tensor heldGrad() {
    if (grad != null) {
      Holders.hold(grad.storage());
    }
    return grad;
  }

  /// Multiplies the gradient by `factor`, as clipping by norm does; nothing if none has arrived. A
  /// tensor that [#grad] returned before stays as it is. Thread-safe.
  public final void scaleGrad(double factor) {
    rewriteGrad(Clipping.scale(factor));
  }

  /// Moves every element of the gradient into `[-limit, limit]`, as clipping by value does; nothing
  /// if none has arrived. A tensor that [#grad] returned before stays as it is. Thread-safe.
  ///
  /// @param limit at least 0
  /// @throws org.wengert.tensor.OptionException if `limit` is negative or not a number
  public final void clampGrad(double limit) {
    rewriteGrad(Clipping.clamp(limit));
  }

  /// Rewrites the gradient element by element: in place if nobody has seen it.
  private synchronized void rewriteGrad(Update rule) {
    if (grad == null) {
      return;
    }
    if (!Sweep.isOwn(grad) || !grad.isContiguous() || grad.offset() != 0) {
      Tensor copy = grad.copy();
      Holders.holdNew(copy.storage());
      replaceGrad(copy);
    }
    Backends.current().update(rule, grad, grad);
  }

  /// Forgets the gradient: [#grad] is null again.
  public final synchronized void zeroGrad() {
    replaceGrad(null);
  }

  private void replaceGrad(@Nullable Tensor next) {
    Tensor last = grad;
    grad = next;
    if (last != null) {
      Holders.release(last.storage());
    }
  }

  /// Replaces the gradient, as clipping does; null forgets it.
  ///
  /// @throws org.wengert.tensor.ShapeException if the shape is not this variable's
  /// @throws DTypeException if the type is not this variable's
  public final synchronized void setGrad(@Nullable Tensor grad) {
    if (grad != null) {
      Check.sameShape("the gradient", grad, "its variable", value);
      Check.sameType("the gradient", grad, "its variable", value);
    }
    replaceGrad(grad);
  }

  /// Adds a gradient of this variable's shape and type: in place if nobody else has seen the sum.
  /// The first one is kept as it is, unless its numbers may change: those of a parameter, and what
  /// is lent.
  final synchronized void accumulate(Tensor more) {
    boolean mayChange = more.storage().changedAt() != 0 || Holders.isLent(more.storage());
    if (grad == null && !mayChange) {
      grad = more;
      Holders.hold(more.storage());
    } else if (grad == null) {
      grad = more.copy();
      Holders.holdNew(grad.storage());
    } else if (Sweep.isOwn(grad)) {
      Backends.current().accumulate(grad, more);
    } else {
      replaceGrad(Sweep.sum(grad, more));
    }
  }
}
