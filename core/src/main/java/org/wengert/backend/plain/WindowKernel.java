package org.wengert.backend.plain;

import java.util.Arrays;
import java.util.List;
import org.wengert.backend.Window;
import org.wengert.tensor.Shape;
import org.wengert.tensor.Storage;
import org.wengert.tensor.Tensor;

/// Kernels over windows that slide along the last axes: the plane. Every kernel visits the taps of
/// the windows in row-major order, and for each tap the windows in row-major order, so that the
/// innermost loop goes along the last axis of the plane.
final class WindowKernel {
  private final List<Window> windows;
  private final int[] taps;
  private final int[] steps;
  private final int[] strides;

  /// What is done for one tap in one row of windows.
  @FunctionalInterface
  private interface Row {
    /// @param from where the row of elements begins in the plane
    /// @param window the number of the row's first window
    /// @param positions the element of each window, counted from `from`; -1 in the padding
    void at(int from, int window, int[] positions);
  }

  private WindowKernel(List<Window> windows) {
    this.windows = windows;
    this.taps = new int[windows.size()];
    this.steps = new int[windows.size()];
    this.strides = new int[windows.size()];
    int step = 1;
    int stride = 1;
    for (int axis = windows.size() - 1; axis >= 0; axis--) {
      steps[axis] = step;
      strides[axis] = stride;
      step *= windows.get(axis).size();
      stride *= windows.get(axis).outputs();
    }
  }

  /// The number of elements of the last axes of `shape`.
  private static int plane(Shape shape, int axes) {
    int count = 1;
    for (int axis = shape.rank() - axes; axis < shape.rank(); axis++) {
      count *= shape.size(axis);
    }
    return count;
  }

  private static int kernelCount(List<Window> windows) {
    return windows.stream().mapToInt(Window::kernel).reduce(1, (a, b) -> a * b);
  }

  private void forEachRow(int tap, Row row) {
    int rest = tap;
    for (int axis = taps.length - 1; axis >= 0; axis--) {
      taps[axis] = rest % windows.get(axis).kernel();
      rest /= windows.get(axis).kernel();
    }
    visit(0, 0, 0, row);
  }

  private void visit(int axis, int from, int window, Row row) {
    int[] positions = windows.get(axis).positions(taps[axis]);
    if (axis == taps.length - 1) {
      row.at(from, window, positions);
      return;
    }
    for (int i = 0; i < positions.length; i++) {
      if (positions[i] >= 0) {
        visit(axis + 1, from + positions[i] * steps[axis], window + i * strides[axis], row);
      }
    }
  }

  static Tensor unfold(Tensor x, List<Window> windows, Shape to) {
    Tensor y = Tensor.zeros(to, x.dtype());
    if (y.count() == 0 || x.count() == 0) {
      return y;
    }
    Storage from = x.contiguous().storage();
    WindowKernel kernel = new WindowKernel(windows);
    int plane = plane(x.shape(), windows.size());
    int outputs = plane(to, windows.size());
    int kernels = kernelCount(windows);
    for (int k = 0; k < y.count() / outputs; k++) {
      int source = k / kernels * plane;
      int target = k * outputs;
      kernel.forEachRow(
          k % kernels,
          (at, window, positions) ->
              pick(from, source + at, positions, y.storage(), target + window));
    }
    return y;
  }

  private static void pick(Storage from, int at, int[] positions, Storage to, int target) {
    switch (from) {
      case Storage.Floats f -> {
        float[] source = f.array();
        float[] row = ((Storage.Floats) to).array();
        for (int i = 0; i < positions.length; i++) {
          row[target + i] = positions[i] < 0 ? 0 : source[at + positions[i]];
        }
      }
      case Storage.Doubles d -> {
        double[] source = d.array();
        double[] row = ((Storage.Doubles) to).array();
        for (int i = 0; i < positions.length; i++) {
          row[target + i] = positions[i] < 0 ? 0 : source[at + positions[i]];
        }
      }
      case Storage s -> {
        for (int i = 0; i < positions.length; i++) {
          to.put(target + i, positions[i] < 0 ? 0 : s.longAt(at + positions[i]));
        }
      }
    }
  }

  static Tensor fold(Tensor x, List<Window> windows, Shape to) {
    Tensor y = Tensor.zeros(to, x.dtype());
    if (y.count() == 0 || x.count() == 0) {
      return y;
    }
    Storage from = x.contiguous().storage();
    WindowKernel kernel = new WindowKernel(windows);
    int plane = plane(to, windows.size());
    int outputs = plane(x.shape(), windows.size());
    int kernels = kernelCount(windows);
    for (int k = 0; k < x.count() / outputs; k++) {
      int target = k / kernels * plane;
      int source = k * outputs;
      kernel.forEachRow(
          k % kernels,
          (at, window, positions) ->
              spread(from, source + window, positions, y.storage(), target + at));
    }
    return y;
  }

  private static void spread(Storage from, int at, int[] positions, Storage to, int target) {
    switch (from) {
      case Storage.Floats f -> {
        float[] row = f.array();
        float[] sum = ((Storage.Floats) to).array();
        for (int i = 0; i < positions.length; i++) {
          if (positions[i] >= 0) {
            sum[target + positions[i]] += row[at + i];
          }
        }
      }
      case Storage.Doubles d -> {
        double[] row = d.array();
        double[] sum = ((Storage.Doubles) to).array();
        for (int i = 0; i < positions.length; i++) {
          if (positions[i] >= 0) {
            sum[target + positions[i]] += row[at + i];
          }
        }
      }
      case Storage s -> {
        for (int i = 0; i < positions.length; i++) {
          if (positions[i] >= 0) {
            int place = target + positions[i];
            to.put(place, to.longAt(place) + s.longAt(at + i));
          }
        }
      }
    }
  }

  static Tensor argMax(Tensor x, List<Window> windows, Shape to) {
    int outputs = plane(to, windows.size());
    int plane = plane(x.shape(), windows.size());
    int kernels = kernelCount(windows);
    long[] index = new long[to.count()];
    double[] most = new double[to.count()];
    Arrays.fill(index, -1);
    Storage from = x.contiguous().storage();
    WindowKernel kernel = new WindowKernel(windows);
    for (int k = 0; k < (outputs == 0 ? 0 : to.count() / outputs * kernels); k++) {
      int source = k / kernels * plane;
      int target = k / kernels * outputs;
      kernel.forEachRow(
          k % kernels,
          (at, window, positions) -> {
            for (int i = 0; i < positions.length; i++) {
              double value = positions[i] < 0 ? 0 : from.at(source + at + positions[i]);
              int place = target + window + i;
              boolean more = index[place] < 0 || value > most[place] || Double.isNaN(value);
              if (positions[i] >= 0 && more) {
                int found = at + positions[i];
                index[place] = found;
                most[place] = value;
              }
            }
          });
    }
    return Tensor.over(new Storage.Longs(index), to);
  }
}
