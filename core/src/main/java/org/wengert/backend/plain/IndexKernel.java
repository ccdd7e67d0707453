package org.wengert.backend.plain;

import java.util.Arrays;
import java.util.List;
import org.wengert.backend.Folds;
import org.wengert.backend.Workers;
import org.wengert.tensor.DType;
import org.wengert.tensor.Elements;
import org.wengert.tensor.Nest;
import org.wengert.tensor.Shape;
import org.wengert.tensor.Storage;
import org.wengert.tensor.Tensor;

/// Kernels that move elements without changing them. Threads share them by places written to, so
/// that repeated indices are added in the order in which they come.
final class IndexKernel {
  private static final int GRAIN = 1 << 15; // elements that are worth a second thread
  private static final int NONE = -1; // ends a chain of places
  private static final int ROWS = 1 << 13; // elements of rows that stay in the L1 cache

  private final Folds folds;

  IndexKernel(Folds folds) {
    this.folds = folds;
  }

  static Tensor embed(Tensor x, int axis, int from, int step, Shape to) {
    if (x.count() == 0) {
      return Tensor.zeros(to, x.dtype());
    }
    int end = from + (x.size(axis) - 1) * step + 1;
    if (step != 1) {
      Tensor y = Tensor.zeros(to, x.dtype());
      Elements.copy(x, y.slice(axis, from, end, step));
      return y;
    }
    Tensor y = Tensor.empty(to, x.dtype());
    Tensor zero = Tensor.zeros(Shape.SCALAR, x.dtype());
    Elements.copy(zero, y.slice(axis, 0, from, 1));
    Elements.copy(x, y.slice(axis, from, end, 1));
    Elements.copy(zero, y.slice(axis, end, to.size(axis), 1));
    return y;
  }

  static Tensor cat(List<Tensor> parts, int axis, Shape shape, DType to) {
    Tensor y = Tensor.empty(shape, to);
    int from = 0;
    for (Tensor part : parts) {
      int end = from + part.size(axis);
      Elements.copy(part, y.slice(axis, from, end, 1));
      from = end;
    }
    return y;
  }

  static Tensor gather(Tensor x, int axis, Tensor index) {
    Tensor y = Tensor.empty(index.shape(), x.dtype());
    if (axis == 0 && namesRows(index, x.shape()) && x.isContiguous()) {
      takeRows(x, index, y);
    } else if (y.count() > 0) {
      Tensor lines = lines(x, axis, index.shape());
      int stride = x.stride(axis);
      cut(index.shape(), -1, part -> gather(part.of(lines), stride, part.of(index), part.of(y)));
    }
    return y;
  }

  private static void takeRows(Tensor x, Tensor index, Tensor y) {
    int[] rows = places(index);
    int width = y.count() / rows.length;
    int together = Math.clamp(GRAIN / width, 1, rows.length);
    Object from = Elements.array(x.storage());
    Object to = Elements.array(y.storage());
    Workers.forEach(
        Math.ceilDiv(rows.length, together),
        chunk -> {
          int first = chunk * together;
          int end = Math.min(rows.length, first + together);
          if (from instanceof float[] f) {
            takeRows(f, x.offset(), rows, first, end, (float[]) to, width);
          } else {
            for (int row = first; row < end; row++) {
              System.arraycopy(from, x.offset() + rows[row] * width, to, row * width, width);
            }
          }
        });
  }

  /// A loop of its own, in which copying a row is no call.
  private static void takeRows(
      float[] x, int at, int[] rows, int first, int end, float[] y, int width) {
    for (int row = first; row < end; row++) {
      System.arraycopy(x, at + rows[row] * width, y, row * width, width);
    }
  }

  /// What a column of indices holds.
  private static int[] places(Tensor index) {
    int[] places = new int[index.size(0)];
    int at = index.offset();
    int step = index.stride(0);
    if (index.storage() instanceof Storage.Longs longs) {
      long[] all = longs.array();
      for (int i = 0; i < places.length; i++) {
        places[i] = (int) all[at + i * step];
      }
    } else {
      for (int i = 0; i < places.length; i++) {
        places[i] = (int) index.storage().longAt(at + i * step);
      }
    }
    return places;
  }

  private static void gather(Tensor lines, int stride, Tensor index, Tensor y) {
    Nest nest = Nest.over(y.shape(), lines, index, y);
    Storage from = lines.storage();
    Storage places = index.storage();
    int step = nest.step(0);
    nest.forEachRun(
        at -> {
          if (nest.step(1) == 0) { // a whole run from one place, as of rows
            int start = at[0] + (int) places.longAt(at[1]) * stride;
            Elements.copy(from, start, step, y.storage(), at[2], nest.step(2), nest.length());
          } else if (from instanceof Storage.Floats f
              && y.storage() instanceof Storage.Floats to
              && places instanceof Storage.Longs i) {
            pick(nest, at, f.array(), stride, i.array(), to.array());
          } else {
            for (int i = 0; i < nest.length(); i++) {
              int place = (int) places.longAt(at[1] + i * nest.step(1));
              int start = at[0] + i * step + place * stride;
              Elements.copy(from, start, 1, y.storage(), at[2] + i * nest.step(2), 1, 1);
            }
          }
        });
  }

  private static void pick(
      Nest nest, int[] at, float[] from, int stride, long[] index, float[] to) {
    int length = nest.length();
    int x = at[0];
    int i = at[1];
    int y = at[2];
    for (int j = 0; j < length; j++) {
      to[y] = from[x + (int) index[i] * stride];
      x += nest.step(0);
      i += nest.step(1);
      y += nest.step(2);
    }
  }

  Tensor scatterAdd(Tensor x, int axis, Tensor index, Shape to) {
    if (axis == 0 && namesRows(index, to)) {
      return addRows(x.reshape(x.size(0), x.count() / x.size(0)).contiguous(), index, to);
    }
    Tensor y = Tensor.zeros(to, x.dtype());
    if (x.count() > 0) {
      Tensor lines = lines(y, axis, index.shape());
      int stride = y.stride(axis);
      cut(index.shape(), axis, part -> add(part.of(x), part.of(index), part.of(lines), stride));
    }
    return y;
  }

  private static void add(Tensor x, Tensor index, Tensor lines, int stride) {
    Nest nest = Nest.over(index.shape(), lines, index, x);
    Storage from = x.storage();
    Storage places = index.storage();
    Storage to = lines.storage();
    boolean exact = !x.dtype().isFloating();
    nest.forEachRun(
        at -> {
          for (int i = 0; i < nest.length(); i++) {
            int place = (int) places.longAt(at[1] + i * nest.step(1));
            int into = at[0] + i * nest.step(0) + place * stride;
            int source = at[2] + i * nest.step(2);
            if (exact) {
              to.put(into, to.longAt(into) + from.longAt(source));
            } else {
              to.put(into, to.at(into) + from.at(source));
            }
          }
        });
  }

  /// Whether each index names a whole row of a table of shape `to`.
  private static boolean namesRows(Tensor index, Shape to) {
    boolean rows = to.rank() > 1 && index.count() > 0;
    for (int axis = 1; rows && axis < to.rank(); axis++) {
      boolean shared = index.stride(axis) == 0 || index.size(axis) == 1;
      rows = shared && index.size(axis) == to.size(axis);
    }
    return rows;
  }

  /// Every row of the result is written once: zeros, then what belongs there, in order.
  private Tensor addRows(Tensor x, Tensor index, Shape to) {
    Tensor y = Tensor.empty(to, x.dtype());
    int rows = to.size(0);
    int width = x.size(1);
    int[] first = new int[rows];
    int[] next = chains(places(index), first);
    int together = Math.clamp(ROWS / Math.max(width, 1), 1, Math.max(rows, 1));
    Workers.forEach(
        Math.ceilDiv(rows, together),
        chunk -> {
          int from = chunk * together;
          int end = Math.min(rows, from + together);
          for (int row = from; row < end; row++) {
            int i = first[row];
            if (i == NONE) {
              Elements.fill(y.storage(), row * width, width, 0);
              continue;
            }
            Elements.copy(x.storage(), i * width, 1, y.storage(), row * width, 1, width);
            for (i = next[i]; i != NONE; i = next[i]) {
              add(x.storage(), i * width, y.storage(), row * width, width);
            }
          }
        });
    return y;
  }

  /// For each place of an index the next one that holds the same; `first[row]` becomes the first
  /// that holds `row`.
  private static int[] chains(int[] rows, int[] first) {
    int[] next = new int[rows.length];
    Arrays.fill(first, NONE);
    for (int i = rows.length - 1; i >= 0; i--) {
      next[i] = first[rows[i]];
      first[rows[i]] = i;
    }
    return next;
  }

  private void add(Storage x, int from, Storage y, int to, int count) {
    if (x instanceof Storage.Floats f && y instanceof Storage.Floats sum) {
      folds.addRows(f.array(), from, 0, 1, sum.array(), to, count);
    } else if (x instanceof Storage.Doubles d && y instanceof Storage.Doubles sum) {
      folds.addRows(d.array(), from, 0, 1, sum.array(), to, count);
    } else {
      for (int i = 0; i < count; i++) {
        y.put(to + i, y.longAt(to + i) + x.longAt(from + i));
      }
    }
  }

  /// A part of an axis, of every tensor that has it.
  private record Part(int axis, int from, int to) {
    Tensor of(Tensor x) {
      return x.slice(axis, from, to, 1);
    }
  }

  @FunctionalInterface
  private interface Work {
    void on(Part part);
  }

  /// Shares the outermost axis that is no other than `whole` and can be cut.
  private static void cut(Shape shape, int whole, Work work) {
    int axis = 0;
    while (axis < shape.rank() - 1 && (axis == whole || shape.size(axis) == 1)) {
      axis++;
    }
    int size = shape.size(axis);
    int chunks = axis == whole ? 1 : Math.clamp(shape.count() / GRAIN, 1, size);
    int length = (size + chunks - 1) / chunks;
    int shared = axis;
    Workers.forEach(
        chunks,
        i -> {
          int from = Math.min(size, i * length);
          work.on(new Part(shared, from, Math.min(size, from + length)));
        });
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
