package org.wengert;

import org.wengert.backend.Backends;
import org.wengert.backend.Update;
import org.wengert.tensor.DType;
import org.wengert.tensor.Elements;
import org.wengert.tensor.ShapeException;
import org.wengert.tensor.Tensor;

/// A leaf whose value training changes. Holds state: its value is rewritten in place by [#update]
/// (what optimizers do) and [#assign].
///
/// Every change is stamped with the global clock, so that a graph which was recorded with the old
/// value says so when it is differentiated, instead of giving a wrong gradient. Changing a value
/// while other threads compute with it is up to the caller to avoid.
public final class Parameter extends Leaf {
  /// A parameter that starts with a copy of `start`.
  public Parameter(Tensor start) {
    super(start.copy());
    stamp();
  }

  private void stamp() {
    long now = Clock.next();
    value.storage().changed(now);
    if (Watch.isAny()) {
      Debug.changed(now);
    }
  }

  @Override
  public Parameter named(String name) {
    super.named(name);
    return this;
  }

  /// Replaces the value by a copy of `next`, which has the same shape and type.
  ///
  /// @throws org.wengert.tensor.ShapeException if the shape differs
  /// @throws org.wengert.tensor.DTypeException if the type differs
  public void assign(Tensor next) {
    Check.sameShape("the new value", next, described(), value);
    Check.sameType("the new value", next, described(), value);
    copy(next, value);
  }

  /// Copies into a view of the value, from whatever does not move while it is read.
  private void copy(Tensor next, Tensor place) {
    Elements.copy(next.storage() == value.storage() ? next.copy() : next, place);
    stamp();
  }

  /// Replaces what is at `index` along the first axis by a copy of `next`, and costs no more than
  /// that: a row of a table.
  ///
  /// @param next of the shape without the first axis, and of this parameter's type
  /// @throws org.wengert.tensor.ShapeException if the shape differs, or there is no such index
  /// @throws org.wengert.tensor.DTypeException if the type differs
  public void assign(int index, Tensor next) {
    if (value.rank() == 0 || index < 0 || index >= value.size(0)) {
      throw new ShapeException(described() + " of shape " + shape() + " has no part " + index)
          .hint("the index counts along the first axis, from 0");
    }
    Tensor place = value.slice(0, index, index + 1, 1).reshape(shape().remove(0));
    Check.sameShape("the new value", next, described(), place);
    Check.sameType("the new value", next, described(), place);
    copy(next, place);
  }

  /// Rewrites the value element by element, in place: `rule` sees an element of `gradient`, the
  /// parameter's own element as `state[0]`, and the elements of `more` as `state[1]`, ... which it
  /// rewrites too.
  ///
  /// @param gradient of this parameter's shape and type
  /// @param more an optimizer's state, of the same shape and type, contiguous
  public void update(Update rule, Tensor gradient, Tensor... more) {
    Check.sameShape("the gradient", gradient, described(), value);
    Check.sameType("the gradient", gradient, described(), value);
    Tensor[] state = new Tensor[more.length + 1];
    state[0] = value;
    for (int i = 0; i < more.length; i++) {
      Check.sameShape("the state", more[i], described(), value);
      Check.sameType("the state", more[i], described(), value);
      if (!more[i].isContiguous() || more[i].offset() != 0) {
        throw new StateException(
                "the state of " + described() + " is a view, not a tensor of its own")
            .hint("copy() it first: it is rewritten in place");
      }
      state[i + 1] = more[i];
    }
    boolean isOwn = gradient.storage() == value.storage(); // and would change on the way
    Backends.current().update(rule, isOwn ? gradient.copy() : gradient, state);
    stamp();
  }

  /// Rewrites the value by its own gradient, as [#update] does. Unlike asking for [#grad], this
  /// leaves the library free to use the gradient's memory again after [#zeroGrad].
  ///
  /// @throws StateException if no gradient has arrived
  public void descend(Update rule, Tensor... more) {
    Tensor gradient = glimpse();
    if (gradient == null) {
      throw new StateException(described() + " has no gradient").hint("call backward() first");
    }
    update(rule, gradient, more);
  }

  private String described() {
    return name().isEmpty() ? "its parameter" : "parameter '" + name() + "'";
  }

  /// Converts the value to another floating type and forgets the gradient.
  public void convert(DType type) {
    if (type != dtype()) {
      value.storage().changed(Clock.next());
      value = new Parameter(value.to(type)).value;
      zeroGrad();
    }
  }

  /// Freezes this parameter (`false`), so that operations on it are not recorded for its sake, or
  /// thaws it. PyTorch's `requires_grad_`.
  public Parameter requiresGrad(boolean requiresGrad) {
    this.requiresGrad = requiresGrad;
    return this;
  }
}
