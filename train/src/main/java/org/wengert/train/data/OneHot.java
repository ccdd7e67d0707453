package org.wengert.train.data;

import org.wengert.F;
import org.wengert.Variable;
import org.wengert.tensor.DType;
import org.wengert.tensor.Tensor;

/// Classes as numbers that a loss can subtract: 1 in the place of the class, 0 elsewhere.
public final class OneHot {
  private OneHot() {}

  /// One more axis at the end: `(N)` becomes `FLOAT32` `(N, classes)`.
  ///
  /// @param labels whole numbers from 0
  /// @param classes how many there are
  /// @throws org.wengert.tensor.ShapeException if a label is not below `classes`
  public static Tensor of(Tensor labels, int classes) {
    return F.oneHot(Variable.constant(labels), classes).value().to(DType.FLOAT32);
  }
}
