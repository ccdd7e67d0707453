package org.wengert.backend.plain;

import org.wengert.backend.Taps;
import org.wengert.backend.Workers;
import org.wengert.tensor.DType;
import org.wengert.tensor.Shape;
import org.wengert.tensor.Tensor;

/// A sparse matrix along one axis: each element of the result is the sum of a few elements, each
/// times a weight, in the order of the taps and in the type of the elements; more than
/// 256 of them are added in parts, which depend on their number alone.
final class ResampleKernel {
  private static final int CHUNK = 32_768; // elements that are worth a thread's attention

  private final Tensor x;
  private final Tensor y;
  private final Taps taps;
  private final int inner;

  private ResampleKernel(Tensor x, Tensor y, Taps taps, int inner) {
    this.x = x;
    this.y = y;
    this.taps = taps;
    this.inner = inner;
  }

  static Tensor resample(Tensor x, int axis, Taps taps, Shape to) {
    if (!x.dtype().isFloating()) {
      return resample(x.to(DType.FLOAT64), axis, taps, to).to(x.dtype());
    }
    Tensor y = Tensor.empty(to, x.dtype());
    if (y.count() > 0) {
      int inner = PaddedPlane.area(to, to.rank() - axis - 1);
      new ResampleKernel(Panels.rowMajor(x), y, taps, inner).run();
    }
    return y;
  }

  private void run() {
    int block = taps.outputs() * inner;
    int blocks = y.count() / block;
    int together = Math.max(1, CHUNK / Math.max(block, taps.size() * inner));
    Workers.forEach(
        Math.ceilDiv(blocks, together),
        chunk -> {
          int first = chunk * together;
          int last = Math.min(blocks, first + together);
          if (x.dtype() == DType.FLOAT32) {
            FloatResampling.run(x, y, taps, inner, first, last);
          } else {
            DoubleResampling.run(x, y, taps, inner, first, last);
          }
        });
  }
}
