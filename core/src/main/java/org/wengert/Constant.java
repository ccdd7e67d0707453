package org.wengert;

import org.jspecify.annotations.Nullable;
import org.wengert.tensor.Tensor;

/// A variable without a gradient: data, or the result of operations that were not recorded.
public final class Constant extends Variable {
  Constant(Tensor value) {
    super(value, false);
  }

  /// The variable whose numbers these are in another shape, and whose name this has therefore; this
  /// one, if it was given or has a name of its own.
  public Variable origin() {
    Remarks remarks = remarksOrNull();
    Variable origin = remarks == null ? null : remarks.origin;
    return origin == null || !origin.name().equals(name()) ? this : origin;
  }

  /// Null: no gradient ever arrives at a constant.
  @Override
  public @Nullable Tensor grad() {
    return null;
  }
}
