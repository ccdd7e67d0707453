package org.wengert.backend;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToIntFunction;
import org.wengert.tensor.Shape;
import org.wengert.tensor.Tensor;

/// Contracts of the kernels that lay windows over planes.
record WindowContracts(BackendContractTest table) {
  void list() {
    table.floating(
        "unfold",
        d -> {
          List<Window> windows = windows(d);
          Tensor x = d.tensor(joined(d, windows, List.of(Window::size)));
          Shape y = replaced(x.shape(), windows, List.of(Window::kernel, Window::outputs));
          return k -> k.unfold(x, windows, y);
        });
    table.floating(
        "fold",
        d -> {
          List<Window> windows = windows(d);
          Shape y = joined(d, windows, List.of(Window::size));
          Tensor x = d.tensor(replaced(y, windows, List.of(Window::kernel, Window::outputs)));
          return k -> k.fold(x, windows, y);
        });
    table.any(
        "windowArgMax",
        d -> {
          List<Window> windows = windows(d);
          Tensor x = d.tensor(joined(d, windows, List.of(Window::size)));
          Shape y = replaced(x.shape(), windows, List.of(Window::outputs));
          return k -> k.windowArgMax(x, windows, y);
        });
    table.floating(
        "resample",
        d -> {
          Shape shape = d.shape(1, 4);
          int axis = d.axis(shape);
          int size = Math.max(shape.size(axis), 1);
          Tensor x = d.tensor(shape.with(axis, size));
          Taps taps = Taps.sums(Window.adaptive(size, 1 + d.below(2 * size)));
          return k -> k.resample(x, axis, taps, x.shape().with(axis, taps.outputs()));
        });
  }

  private static List<Window> windows(Draw d) {
    List<Window> windows = new ArrayList<>();
    for (int axes = 1 + d.below(2); axes > 0; axes--) {
      int kernel = 1 + d.below(4);
      int stride = 1 + d.below(3);
      int dilation = 1 + d.below(2);
      int before = d.below(kernel);
      int span = dilation * (kernel - 1) + 1;
      int size = Math.max(1, span - before) + d.below(d.isLarge() ? 60 : 36);
      int outputs = (size + before - span) / stride + 1;
      windows.add(Window.sliding(size, kernel, stride, dilation, before, outputs));
    }
    return windows;
  }

  /// Some axes, and behind them those of the windows.
  private static Shape joined(Draw d, List<Window> windows, List<ToIntFunction<Window>> parts) {
    int[] front = new int[d.below(3)];
    for (int i = 0; i < front.length; i++) {
      front[i] = d.below(d.isLarge() ? 12 : 5);
    }
    return appended(Shape.of(front), windows, parts);
  }

  private static Shape replaced(Shape x, List<Window> windows, List<ToIntFunction<Window>> parts) {
    int[] front = Arrays.copyOf(x.toArray(), x.rank() - windows.size());
    return appended(Shape.of(front), windows, parts);
  }

  private static Shape appended(
      Shape front, List<Window> windows, List<ToIntFunction<Window>> parts) {
    Shape shape = front;
    for (ToIntFunction<Window> part : parts) {
      for (Window window : windows) {
        shape = shape.insert(-1, part.applyAsInt(window));
      }
    }
    return shape;
  }
}
