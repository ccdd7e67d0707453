package org.wengert.tensor;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// The arithmetic of views: which strides show the same storage under another shape.
final class Strides {
  private Strides() {}

  static boolean isRowMajor(int[] sizes, int[] strides) {
    int expected = 1;
    for (int axis = sizes.length - 1; axis >= 0; axis--) {
      if (sizes[axis] != 1 && strides[axis] != expected) {
        return false;
      }
      expected *= sizes[axis];
    }
    return true;
  }

  /// An order of the axes of `x`, counted from the front and checked.
  static int[] order(Shape x, int... order) {
    if (order.length != x.rank() || Axes.of(x.rank(), order).count() != x.rank()) {
      throw new ShapeException(
              Arrays.toString(order) + " is no order of the " + x.rank() + " axes of " + x)
          .hint("name each axis once");
    }
    int[] axes = new int[order.length];
    for (int i = 0; i < axes.length; i++) {
      axes[i] = Axes.normalize(order[i], x.rank());
    }
    return axes;
  }

  /// The strides of `x` expanded to `to`: 0 along repeated axes.
  static int[] expanded(Shape x, int[] strides, Shape to) {
    if (!x.broadcastsTo(to)) {
      throw new ShapeException("shape " + x + " does not expand to " + to)
          .hint("only axes of size 1 are repeated, aligned at the innermost axis");
    }
    int extra = to.rank() - x.rank();
    int[] expanded = new int[to.rank()];
    for (int axis = 0; axis < x.rank(); axis++) {
      boolean repeated = x.sizes()[axis] == 1 && to.sizes()[axis + extra] != 1;
      expanded[axis + extra] = repeated ? 0 : strides[axis];
    }
    return expanded;
  }

  /// The strides that show a strided view under new sizes, or null if only a copy can. Old and new
  /// axes are matched in groups of equal products; inside a group the old axes must lie one behind
  /// the other.
  static int @Nullable [] reshaped(int[] oldSizes, int[] oldStrides, int[] newSizes) {
    int[] result = new int[newSizes.length];
    int oldAxis = 0;
    int newAxis = 0;
    while (oldAxis < oldSizes.length && newAxis < newSizes.length) {
      int oldEnd = oldAxis + 1;
      int newEnd = newAxis + 1;
      long oldCount = oldSizes[oldAxis];
      long newCount = newSizes[newAxis];
      while (oldCount != newCount) {
        if (oldCount < newCount) {
          oldCount *= oldSizes[oldEnd++];
        } else {
          newCount *= newSizes[newEnd++];
        }
      }
      if (!isOneRun(oldSizes, oldStrides, oldAxis, oldEnd)) {
        return null;
      }
      int stride = oldStrides[oldEnd - 1];
      for (int axis = newEnd - 1; axis >= newAxis; axis--) {
        result[axis] = stride;
        stride *= newSizes[axis];
      }
      oldAxis = oldEnd;
      newAxis = newEnd;
    }
    Arrays.fill(result, newAxis, newSizes.length, 1);
    return remainderIsOne(oldSizes, oldAxis) ? result : null;
  }

  /// Whether the axes from `first` up to `end` lie one behind the other.
  private static boolean isOneRun(int[] sizes, int[] strides, int first, int end) {
    for (int axis = first; axis < end - 1; axis++) {
      if (strides[axis] != strides[axis + 1] * sizes[axis + 1]) {
        return false;
      }
    }
    return true;
  }

  private static boolean remainderIsOne(int[] sizes, int from) {
    for (int axis = from; axis < sizes.length; axis++) {
      if (sizes[axis] != 1) {
        return false;
      }
    }
    return true;
  }

  /// How far from element `(0, 0, ...)` the element at an index lies; negative indices count from
  /// the end.
  static int distance(Shape x, int[] strides, int... index) {
    if (index.length != x.rank()) {
      throw new ShapeException(
              index.length + " indices for a tensor of rank " + x.rank() + " and shape " + x)
          .hint("give one index for each axis; slice() gives parts");
    }
    int distance = 0;
    for (int axis = 0; axis < index.length; axis++) {
      distance += index(index[axis], axis, x) * strides[axis];
    }
    return distance;
  }

  private static int index(int index, int axis, Shape shape) {
    int size = shape.sizes()[axis];
    if (index < -size || index >= size) {
      throw new ShapeException(
              "index " + index + " is outside axis " + axis + " of size " + size + " in " + shape)
          .hint("indices go from " + -size + " to " + (size - 1));
    }
    return index < 0 ? index + size : index;
  }
}
