package org.wengert.backend.plain;

import org.wengert.backend.Folds;
import org.wengert.tensor.DType;
import org.wengert.tensor.Storage;
import org.wengert.tensor.Tensor;

/// Where the extremes of lines are. Of floating numbers one behind the other, the extreme is found
/// first, which is fast, and then the first place that holds it.
final class ArgKernel {
  private final Folds folds;

  ArgKernel(Folds folds) {
    this.folds = folds;
  }

  /// @param sign 1 for the largest, -1 for the smallest
  Tensor argExtreme(Tensor x, int axis, int sign) {
    Tensor y = Tensor.zeros(x.shape().with(axis, 1), DType.INT64);
    int stride = x.stride(axis);
    int size = x.size(axis);
    Storage from = x.storage();
    long[] to = ((Storage.Longs) y.storage()).array();
    Lines.forEach(
        axis,
        at -> {
          int line = at[0];
          to[at[1]] =
              switch (from) {
                case Storage.Floats f when stride == 1 -> folds.first(f.array(), line, size, sign);
                case Storage.Doubles d when stride == 1 -> folds.first(d.array(), line, size, sign);
                default -> first(from, line, stride, size, sign);
              };
        },
        x,
        y);
    return y;
  }

  private static int first(Storage x, int from, int stride, int size, int sign) {
    int best = 0;
    boolean floating = x.dtype().isFloating();
    for (int i = 1; i < size && !Double.isNaN(x.at(from + best * stride)); i++) {
      int place = from + i * stride;
      int held = from + best * stride;
      boolean better =
          floating
              ? !(sign * x.at(place) <= sign * x.at(held))
              : sign * Long.compare(x.longAt(place), x.longAt(held)) > 0;
      best = better ? i : best;
    }
    return best;
  }
}
