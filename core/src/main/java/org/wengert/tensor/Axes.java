package org.wengert.tensor;

import java.util.Arrays;

/// Which axes an operation works on: checked, counted from the front, in ascending order, each
/// once. Immutable and safe to share.
public final class Axes {
  private final int[] sorted;

  private Axes(int[] sorted) {
    this.sorted = sorted;
  }

  /// These axes of a tensor of the given rank. No axes at all means every axis, as in PyTorch.
  ///
  /// @throws ShapeException if an axis does not exist or is named twice
  public static Axes of(int rank, int... axes) {
    if (axes.length == 0) {
      int[] all = new int[rank];
      Arrays.setAll(all, axis -> axis);
      return new Axes(all);
    }
    int[] sorted = new int[axes.length];
    Arrays.setAll(sorted, i -> normalize(axes[i], rank));
    Arrays.sort(sorted);
    for (int i = 1; i < sorted.length; i++) {
      if (sorted[i] == sorted[i - 1]) {
        throw new ShapeException("axis " + sorted[i] + " is named twice in " + text(axes))
            .hint("name each axis once; -1 is the last axis");
      }
    }
    return new Axes(rank == 0 ? new int[0] : sorted);
  }

  /// The axis counted from the front: `-1` becomes `rank - 1`. A scalar accepts `0` and `-1`, as in
  /// PyTorch.
  ///
  /// @throws ShapeException if there is no such axis
  public static int normalize(int axis, int rank) {
    int limit = Math.max(rank, 1);
    if (axis < -limit || axis >= limit) {
      throw new ShapeException("axis " + axis + " does not exist in a tensor of rank " + rank)
          .hint("axes go from " + -limit + " to " + (limit - 1));
    }
    return axis < 0 ? axis + limit : axis;
  }

  /// The number of axes.
  public int count() {
    return sorted.length;
  }

  /// Whether the axis, counted from the front, is one of these.
  public boolean contains(int axis) {
    return Arrays.binarySearch(sorted, axis) >= 0;
  }

  /// Whether these are the outermost axes, so that what remains is aligned at the innermost one.
  public boolean areLeading() {
    return sorted.length == 0 || sorted[sorted.length - 1] == sorted.length - 1;
  }

  /// The shape that remains when these axes of `x` are reduced to size 1.
  public Shape kept(Shape x) {
    int[] sizes = x.toArray();
    for (int axis : sorted) {
      sizes[axis] = 1;
    }
    return Shape.of(sizes);
  }

  /// The shape that remains when these axes of `x` are removed.
  public Shape dropped(Shape x) {
    int[] sizes = new int[x.rank() - sorted.length];
    int next = 0;
    for (int axis = 0; axis < x.rank(); axis++) {
      if (!contains(axis)) {
        sizes[next++] = x.size(axis);
      }
    }
    return Shape.of(sizes);
  }

  /// The number of elements of `x` that are reduced to one.
  public int reducedCount(Shape x) {
    int count = 1;
    for (int axis : sorted) {
      count *= x.size(axis);
    }
    return count;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Axes a && Arrays.equals(sorted, a.sorted);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(sorted);
  }

  @Override
  public String toString() {
    return text(sorted);
  }

  private static String text(int[] axes) {
    return Arrays.toString(axes);
  }
}
