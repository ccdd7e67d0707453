package org.wengert.backend.plain;

import org.wengert.tensor.DType;
import org.wengert.tensor.Storage;
import org.wengert.tensor.Tensor;

/// Sorting and searching along an axis. The order is stable; a `NaN` counts as larger than every
/// number, and -0.0 equals 0.0.
final class SortKernel {
  private SortKernel() {}

  static Tensor argSort(Tensor x, int axis, boolean descending) {
    Tensor y = Tensor.zeros(x.shape(), DType.INT64);
    int size = x.size(axis);
    Storage to = y.storage();
    int stride = y.stride(axis);
    Order order = Order.of(x.dtype(), size, descending);
    int[] sorted = new int[size];
    int[] spare = new int[size];
    Lines.forEach(
        axis,
        at -> {
          order.read(x.storage(), at[0], x.stride(axis));
          for (int i = 0; i < size; i++) {
            sorted[i] = i;
          }
          sort(sorted, spare, order);
          for (int i = 0; i < size; i++) {
            to.put(at[1] + i * stride, (long) sorted[i]);
          }
        },
        x,
        y);
    return y;
  }

  /// Merges runs of doubling length.
  private static void sort(int[] indices, int[] spare, Order order) {
    int[] from = indices;
    int[] to = spare;
    for (int width = 1; width < indices.length; width *= 2) {
      for (int start = 0; start < indices.length; start += 2 * width) {
        int middle = Math.min(start + width, indices.length);
        int end = Math.min(start + 2 * width, indices.length);
        merge(from, to, start, middle, end, order);
      }
      int[] swapped = from;
      from = to;
      to = swapped;
    }
    if (from != indices) {
      System.arraycopy(from, 0, indices, 0, indices.length);
    }
  }

  private static void merge(int[] from, int[] to, int start, int middle, int end, Order order) {
    int left = start;
    int right = middle;
    for (int i = start; i < end; i++) {
      boolean takesRight = left == middle || right < end && order.precedes(from[right], from[left]);
      to[i] = takesRight ? from[right++] : from[left++];
    }
  }

  /// The elements of one line, and which of two comes first. Holds the line read last.
  private abstract static class Order {
    abstract void read(Storage x, int from, int stride);

    /// Whether element `i` must come before element `j`.
    abstract boolean precedes(int i, int j);

    static Order of(DType type, int size, boolean descending) {
      return type.isFloating()
          ? new Doubles(new double[size], descending)
          : new Longs(new long[size], descending);
    }

    private static final class Doubles extends Order {
      private final double[] line;
      private final boolean descending;

      Doubles(double[] line, boolean descending) {
        this.line = line;
        this.descending = descending;
      }

      @Override
      void read(Storage x, int from, int stride) {
        for (int i = 0; i < line.length; i++) {
          line[i] = x.at(from + i * stride);
        }
      }

      @Override
      boolean precedes(int i, int j) {
        return descending ? isLess(line[j], line[i]) : isLess(line[i], line[j]);
      }
    }

    private static final class Longs extends Order {
      private final long[] line;
      private final boolean descending;

      Longs(long[] line, boolean descending) {
        this.line = line;
        this.descending = descending;
      }

      @Override
      void read(Storage x, int from, int stride) {
        for (int i = 0; i < line.length; i++) {
          line[i] = x.longAt(from + i * stride);
        }
      }

      @Override
      boolean precedes(int i, int j) {
        return descending ? line[j] < line[i] : line[i] < line[j];
      }
    }
  }

  private static boolean isLess(double a, double b) {
    return a < b || Double.isNaN(b) && !Double.isNaN(a);
  }

  static Tensor searchSorted(Tensor sorted, Tensor values, boolean right) {
    Tensor y = Tensor.zeros(values.shape(), DType.INT64);
    int count = values.size(-1);
    int step = values.stride(-1);
    Lines.forEach(
        -1,
        at -> {
          for (int i = 0; i < count; i++) {
            int place = place(sorted, at[0], values.storage(), at[1] + i * step, right);
            y.storage().put(at[2] + i, (long) place);
          }
        },
        sorted,
        values,
        y);
    return y;
  }

  private static int place(Tensor sorted, int from, Storage values, int at, boolean right) {
    Storage held = sorted.storage();
    boolean exact = !held.dtype().isFloating() && !values.dtype().isFloating();
    int low = 0;
    int high = sorted.size(-1);
    while (low < high) {
      int middle = (low + high) >>> 1;
      int place = from + middle * sorted.stride(-1);
      int order =
          exact
              ? Long.compare(held.longAt(place), values.longAt(at))
              : compare(held.at(place), values.at(at));
      if (order < 0 || right && order == 0) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  private static int compare(double a, double b) {
    return isLess(a, b) ? -1 : isLess(b, a) ? 1 : 0;
  }
}
