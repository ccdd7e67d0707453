package org.wengert.nn;

import java.util.List;
import org.wengert.Indexed;
import org.wengert.Pooling;
import org.wengert.Variable;

/// What max poolings share.
abstract class MaxPool extends PoolLayer {
  static final Outputs<Indexed> WITH_INDICES =
      new Outputs<>(y -> List.of(y.values(), y.indices()), ys -> new Indexed(ys.get(0), ys.get(1)));

  MaxPool(Pooling windows, int axes) {
    super(windows, axes);
  }

  /// The function of this layer with its indices, without which [#compute] is faster.
  abstract Indexed pooled(Variable x);

  /// The output, and for each number of it where in its plane it was found, as
  /// [org.wengert.F#maxUnpool] wants it.
  public final Indexed forwardWithIndices(Variable x) {
    return watched(List.of(x), xs -> pooled(xs.getFirst()), WITH_INDICES);
  }
}
