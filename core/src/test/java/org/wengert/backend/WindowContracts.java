package org.wengert.backend;

import java.util.Arrays;
import java.util.List;
import java.util.function.ToIntFunction;
import org.wengert.tensor.DType;
import org.wengert.tensor.Shape;
import org.wengert.tensor.Tensor;

/// Contracts of the kernels that lay windows over planes.
record WindowContracts(BackendContractTest table) {
  void list() {
    table.floating(
        "unfold",
        d -> {
          List<Window> windows = d.windows();
          Tensor x = d.tensor(joined(d, windows, List.of(Window::size)));
          Shape y = replaced(x.shape(), windows, List.of(Window::kernel, Window::outputs));
          return k -> k.unfold(x, windows, y);
        });
    table.floating(
        "fold",
        d -> {
          List<Window> windows = d.windows();
          Shape y = joined(d, windows, List.of(Window::size));
          Tensor x = d.tensor(replaced(y, windows, List.of(Window::kernel, Window::outputs)));
          return k -> k.fold(x, windows, y);
        });
    convolutions();
    maxima();
    table.any(
        "windowArgMax",
        d -> {
          List<Window> windows = d.windows();
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

  private void convolutions() {
    table.floating(
        "convolution",
        d -> {
          Channels c = Channels.draw(d, 6, 8);
          Tensor x = d.tensor(plane(Shape.of(d.below(4), c.seen), c.windows, Window::size));
          Shape kernels = Shape.of(c.made, c.seen / c.groups);
          Tensor w = d.tensor(plane(kernels, c.windows, Window::kernel));
          Tensor bias = d.flip() ? d.tensor(Shape.of(c.made)) : null;
          Shape y = plane(Shape.of(x.size(0), c.made), c.windows, Window::outputs);
          return k -> k.convolution(x, w, bias, c.windows, c.groups, y);
        });
    table.floating(
        "convolutionTransposed",
        d -> {
          Channels c = Channels.draw(d, 4, 18);
          Tensor y = d.tensor(plane(Shape.of(d.below(4), c.seen), c.windows, Window::outputs));
          Shape kernels = Shape.of(c.seen, c.made / c.groups);
          Tensor w = d.tensor(plane(kernels, c.windows, Window::kernel));
          Tensor bias = d.flip() ? d.tensor(Shape.of(c.made)) : null;
          Shape x = plane(Shape.of(y.size(0), c.made), c.windows, Window::size);
          return k -> k.convolutionTransposed(y, w, bias, c.windows, c.groups, x);
        });
    table.floating(
        "convolutionWeights",
        d -> {
          Channels c = Channels.draw(d, 6, 34);
          int samples = d.below(d.isLarge() && c.groups > 1 ? 80 : 5);
          Tensor x = d.tensor(plane(Shape.of(samples, c.seen), c.windows, Window::size));
          Tensor gy = d.tensor(plane(Shape.of(samples, c.made), c.windows, Window::outputs));
          Shape weight = plane(Shape.of(c.made, c.seen / c.groups), c.windows, Window::kernel);
          boolean withBias = d.flip();
          return k -> k.convolutionWeights(x, gy, c.windows, c.groups, weight, withBias);
        });
  }

  /// What a convolution sees and makes: two groups of a few channels and any windows, or what is
  /// computed in Winograd's tiles.
  private record Channels(List<Window> windows, int groups, int seen, int made) {
    static Channels draw(Draw d, int seen, int made) {
      int fewest = 64; // that tiles are taken for
      return d.below(6) > 0
          ? new Channels(d.windows(), 2, seen, made)
          : new Channels(d.threeByThree(), 1, fewest + d.below(8), fewest + d.below(20));
    }
  }

  private void maxima() {
    table.floating(
        "maxPool",
        d -> {
          List<Window> windows = d.windows();
          Tensor x = d.tensor(joined(d, windows, List.of(Window::size)));
          Shape y = replaced(x.shape(), windows, List.of(Window::outputs));
          return k -> k.maxPool(x, windows, y);
        });
    table.floating(
        "maxUnpool",
        d -> {
          Shape y = d.shape(2, 4);
          Shape x = y.with(-1, 1 + d.below(9));
          Tensor gy = d.tensor(y);
          Tensor index = d.indices(y, x.size(-1)).to(DType.INT32).copy();
          return k -> k.maxUnpool(gy, index, 1, x);
        });
  }

  /// Some axes, and behind them those of the windows.
  private static Shape joined(Draw d, List<Window> windows, List<ToIntFunction<Window>> parts) {
    int[] front = new int[d.below(3)];
    for (int i = 0; i < front.length; i++) {
      front[i] = d.below(d.isLarge() ? 12 : 5);
    }
    return appended(Shape.of(front), windows, parts);
  }

  private static Shape plane(Shape front, List<Window> windows, ToIntFunction<Window> size) {
    return appended(front, windows, List.of(size));
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
