package org.wengert;

import java.util.function.Function;
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

  /// What `reader` makes of the gradient, which it must not keep; null if none has arrived. Unlike
  /// [#grad] this leaves the library free to use the gradient's memory again.
  public final synchronized <R> @Nullable R readGrad(Function<? super Tensor, R> reader) {
    return grad == null ? null : reader.apply(grad);
  }

  /// Rewrites the gradient, if there is one, element by element, as clipping does: `rule` sees the
  /// element both as its gradient and as `state[0]`, which it replaces. In place if nobody has seen
  /// the gradient, which [#grad] would show.
  public final synchronized void rewriteGrad(Update rule) {
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
  /// The first one is kept as it is, unless it shares its storage with a parameter, which will
  /// change.
  final synchronized void accumulate(Tensor more) {
    if (grad == null) {
      grad = more.storage().changedAt() == 0 ? more : more.copy();
      Holders.hold(grad.storage());
    } else if (Sweep.isOwn(grad)) {
      Backends.current().accumulate(grad, more);
    } else {
      replaceGrad(Sweep.sum(grad, more));
    }
  }
}
