package org.wengert.nn;

import org.wengert.Indexed;
import org.wengert.Pooling;
import org.wengert.Variable;

/// What max poolings share.
abstract class MaxPool extends PoolLayer {
  MaxPool(Pooling windows, int axes) {
    super(windows, axes);
  }

  /// The function of this layer.
  abstract Indexed pooled(Variable x);

  @Override
  final Variable compute(Variable x) {
    return pooled(x).values();
  }

  /// The output, and for each number of it where in its plane it was found, as
  /// [org.wengert.F#maxUnpool] wants it.
  public final Indexed forwardWithIndices(Variable x) {
    return watched(() -> pooled(x), Indexed::values);
  }
}
