package org.wengert.backend.plain;

import java.util.List;
import java.util.function.IntConsumer;
import org.wengert.backend.Window;
import org.wengert.backend.Workers;
import org.wengert.tensor.DType;
import org.wengert.tensor.Shape;
import org.wengert.tensor.Storage;
import org.wengert.tensor.Tensor;

/// Maxima of windows with where they are, and the way back. Planes are independent of each other,
/// so threads share them.
final class PoolKernel {
  private static final int CHUNK = 32_768; // elements of planes that are worth a thread's attention

  private PoolKernel() {}

  /// Calls `plane` with the number of each plane.
  private static void forEachPlane(int planes, int area, IntConsumer plane) {
    int together = Math.max(1, CHUNK / Math.max(1, area));
    Workers.forEach(
        Math.ceilDiv(planes, together),
        chunk -> {
          int end = Math.min(planes, (chunk + 1) * together);
          for (int i = chunk * together; i < end; i++) {
            plane.accept(i);
          }
        });
  }

  static List<Tensor> maximum(PlaneMaximum kernel, Tensor x, List<Window> windows, Shape to) {
    Tensor y = Tensor.empty(to, x.dtype());
    Tensor index = Tensor.empty(to, DType.INT32);
    int outputs = PaddedPlane.area(to, windows.size());
    if (y.count() > 0) {
      Panels panels = Panels.of(x.dtype());
      Tensor dense = Panels.rowMajor(x);
      Object from = panels.array(dense.storage());
      Object values = panels.array(y.storage());
      int[] places = ((Storage.Ints) index.storage()).array();
      List<Window> three = PaddedPlane.threeAxes(windows);
      int area = PaddedPlane.area(x.shape(), windows.size());
      forEachPlane(
          y.count() / outputs,
          area,
          i -> kernel.run(three, from, dense.offset() + i * area, values, places, i * outputs));
    }
    return List.of(y, index);
  }

  /// Zeros of shape `to` with the elements of `gy` added to the places of their planes that `index`
  /// names.
  static Tensor spread(Tensor gy, Tensor index, int axes, Shape to) {
    Tensor x = Tensor.empty(to, gy.dtype());
    int area = PaddedPlane.area(to, axes);
    int outputs = PaddedPlane.area(gy.shape(), axes);
    Panels panels = Panels.of(gy.dtype());
    Tensor dense = Panels.rowMajor(gy);
    Object from = panels.array(dense.storage());
    Object sums = panels.array(x.storage());
    int[] places = ((Storage.Ints) index.storage()).array();
    forEachPlane(
        x.count() / Math.max(1, area),
        area,
        i -> {
          panels.fill(sums, i * area, area, 0);
          int at = dense.offset() + i * outputs;
          panels.spread(from, at, places, i * outputs, outputs, sums, i * area);
        });
    return x;
  }
}
