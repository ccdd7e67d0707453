package org.wengert;

import org.jspecify.annotations.Nullable;
import org.wengert.tensor.Tensor;

/// A variable without a gradient: data, or the result of operations that were not recorded.
public final class Constant extends Variable {
  Constant(Tensor value) {
    super(value, false);
  }

  /// Null: no gradient ever arrives at a constant.
  @Override
  public @Nullable Tensor grad() {
    return null;
  }
}
