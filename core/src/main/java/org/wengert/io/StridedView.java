package org.wengert.io;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;
import org.wengert.io.PickleValue.View;
import org.wengert.tensor.Shape;
import org.wengert.tensor.Storage;
import org.wengert.tensor.Tensor;

/// Makes tensors of views of one storage. Views that lie densely in it, in any order of their axes,
/// and repeated axes share its memory; others are copied, together at most four times the storage,
/// so that a small file cannot ask for much memory. Holds state: how much was copied.
final class StridedView {
  private final Storage storage;
  private long copies;

  StridedView(Storage storage) {
    this.storage = storage;
    this.copies = 4L * storage.length();
  }

  /// The tensor of a view that lies in the storage.
  Tensor tensor(View view, Place place) {
    Shape shape = view.shape();
    if (shape.count() == 0) {
      return Tensor.zeros(shape, storage.dtype());
    }
    Tensor flat = Tensor.over(storage, Shape.of(storage.length()));
    // Axes that run through memory, the widest step first; the others have one element or repeat.
    int[] axes =
        IntStream.range(0, shape.rank())
            .filter(axis -> shape.size(axis) > 1 && view.strides().get(axis) > 0)
            .boxed()
            .sorted(Comparator.comparingLong(axis -> -view.strides().get(axis)))
            .mapToInt(axis -> axis)
            .toArray();
    int[] sizes = Arrays.stream(axes).map(shape::size).toArray();
    long[] steps = Arrays.stream(axes).mapToLong(axis -> view.strides().get(axis)).toArray();
    Shape core = Shape.of(sizes);
    Tensor dense =
        isDense(core, steps)
            ? flat.slice(0, view.offset(), view.offset() + core.count(), 1)
            : copy(view.offset(), core, steps, place);
    return unfolded(dense.reshape(core), axes, shape);
  }

  private static boolean isDense(Shape core, long[] steps) {
    long step = 1;
    for (int axis = steps.length - 1; axis >= 0; axis--) {
      if (steps[axis] != step) {
        return false;
      }
      step *= core.size(axis);
    }
    return true;
  }

  private Tensor copy(int offset, Shape core, long[] steps, Place place) {
    copies -= core.count();
    if (copies < 0) {
      throw place
          .found("many views with gaps of one storage", "fewer")
          .hint(TorchObjects.SAVE_COPIES);
    }
    Storage dense = Storage.allocate(storage.dtype(), core.count());
    int[] index = new int[steps.length];
    long from = offset;
    for (int to = 0; to < dense.length(); to++) {
      if (storage.dtype().isFloating()) {
        dense.put(to, storage.at((int) from));
      } else {
        dense.put(to, storage.longAt((int) from));
      }
      for (int axis = index.length - 1; axis >= 0; axis--) {
        from += steps[axis];
        if (++index[axis] < core.size(axis)) {
          break;
        }
        from -= steps[axis] * index[axis];
        index[axis] = 0;
      }
    }
    return Tensor.over(dense, core);
  }

  /// Puts the axes where they belong, and adds those of one element and those that repeat.
  private static Tensor unfolded(Tensor core, int[] axes, Shape shape) {
    int[] order =
        IntStream.range(0, axes.length)
            .boxed()
            .sorted(Comparator.comparingInt(i -> axes[i]))
            .mapToInt(i -> i)
            .toArray();
    int[] sizes = new int[shape.rank()];
    Arrays.fill(sizes, 1);
    for (int axis : axes) {
      sizes[axis] = shape.size(axis);
    }
    return core.permute(order).reshape(Shape.of(sizes)).expand(shape);
  }
}
