package org.wengert.backend;

import java.util.List;
import org.wengert.tensor.DType;
import org.wengert.tensor.Elements;
import org.wengert.tensor.Nest;
import org.wengert.tensor.Shape;
import org.wengert.tensor.Storage;
import org.wengert.tensor.Tensor;

/// Kernels that move elements without changing them.
final class IndexKernel {
  private IndexKernel() {}

  static Tensor embed(Tensor x, int axis, int from, int step, Shape to) {
    Tensor y = Tensor.zeros(to, x.dtype());
    if (x.count() > 0) {
      Elements.copy(x, y.slice(axis, from, from + (x.size(axis) - 1) * step + 1, step));
    }
    return y;
  }

  static Tensor cat(List<Tensor> parts, int axis, Shape shape, DType to) {
    Tensor y = Tensor.zeros(shape, to);
    int from = 0;
    for (Tensor part : parts) {
      int end = from + part.size(axis);
      Elements.copy(part, y.slice(axis, from, end, 1));
      from = end;
    }
    return y;
  }

  static Tensor gather(Tensor x, int axis, Tensor index) {
    Tensor y = Tensor.zeros(index.shape(), x.dtype());
    boolean exact = !x.dtype().isFloating();
    Storage target = y.storage();
    int stride = x.stride(axis);
    Nest nest = Nest.over(index.shape(), lines(x, axis, index.shape()), index, y);
    nest.forEachRun(
        at -> {
          for (int i = 0; i < nest.length(); i++) {
            int place = (int) index.storage().longAt(at[1] + i * nest.step(1));
            int from = at[0] + i * nest.step(0) + place * stride;
            if (exact) {
              target.put(at[2] + i, x.storage().longAt(from));
            } else {
              target.put(at[2] + i, x.storage().at(from));
            }
          }
        });
    return y;
  }

  static Tensor scatterAdd(Tensor x, int axis, Tensor index, Shape to) {
    Tensor y = Tensor.zeros(to, x.dtype());
    boolean exact = !x.dtype().isFloating();
    Storage target = y.storage();
    int stride = y.stride(axis);
    Nest nest = Nest.over(index.shape(), lines(y, axis, index.shape()), index, x);
    nest.forEachRun(
        at -> {
          for (int i = 0; i < nest.length(); i++) {
            int place = (int) index.storage().longAt(at[1] + i * nest.step(1));
            int into = at[0] + i * nest.step(0) + place * stride;
            int from = at[2] + i * nest.step(2);
            if (exact) {
              target.put(into, target.longAt(into) + x.storage().longAt(from));
            } else {
              target.put(into, target.at(into) + x.storage().at(from));
            }
          }
        });
    return y;
  }

  /// A view of `x` that stands at index 0 of `axis` wherever the nest goes along it, and is cut to
  /// the sizes of `index` along the other axes.
  private static Tensor lines(Tensor x, int axis, Shape index) {
    Tensor view = x;
    for (int other = 0; other < x.rank(); other++) {
      int size = other == axis ? Math.min(1, x.size(other)) : index.size(other);
      view = view.slice(other, 0, size, 1);
    }
    return view.size(axis) == 1 ? view.expand(index) : Tensor.zeros(index, x.dtype());
  }
}
