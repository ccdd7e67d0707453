package org.wengert.nn;

import java.util.List;
import org.wengert.Indexed;
import org.wengert.Variable;

/// What adaptive max poolings share.
abstract class AdaptiveMaxPool extends AdaptivePool {
  AdaptiveMaxPool(int... outputs) {
    super(outputs);
  }

  /// The function of this layer.
  abstract Indexed pooled(Variable x, int... sizes);

  @Override
  final Variable compute(Variable x) {
    return pooled(x, sizes(x)).values();
  }

  /// The output, and for each number of it where in its plane it was found, as
  /// [org.wengert.F#maxUnpool] wants it.
  public final Indexed forwardWithIndices(Variable x) {
    return watched(
        List.of(x), xs -> pooled(xs.getFirst(), sizes(xs.getFirst())), MaxPool.WITH_INDICES);
  }
}
