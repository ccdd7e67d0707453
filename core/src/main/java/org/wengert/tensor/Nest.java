package org.wengert.tensor;

/// The loop nest that visits all elements of a shape in row-major order, for several operands at
/// once, each with its own strides.
///
/// Axes of size 1 are left out and axes that lie one behind the other in every operand are merged,
/// so that contiguous operands are one long run. A kernel gets the innermost runs: where each
/// operand starts, with [#step] and [#length] the same for all runs.
///
/// Immutable; [#forEachRun] may be called from several threads.
public final class Nest {
  private final int[] sizes;
  private final int[][] strides;
  private final int[] offsets;
  private final int axes;

  /// What is done with one run.
  @FunctionalInterface
  public interface Run {
    /// `at[k]` is the index in operand `k`'s storage of the run's first element. The array is
    /// reused for the next run.
    void at(int[] at);
  }

  private Nest(int[] sizes, int[][] strides, int[] offsets, int axes) {
    this.sizes = sizes;
    this.strides = strides;
    this.offsets = offsets;
    this.axes = axes;
  }

  /// The nest over `shape`; every operand is expanded to it, so its shape must broadcast to
  /// `shape`.
  public static Nest over(Shape shape, Tensor... operands) {
    int[] offsets = new int[operands.length];
    int[][] expanded = new int[operands.length][];
    for (int k = 0; k < operands.length; k++) {
      offsets[k] = operands[k].offset();
      expanded[k] = operands[k].stridesWhenExpandedTo(shape);
    }
    return merged(shape, expanded, offsets);
  }

  private static Nest merged(Shape shape, int[][] expanded, int[] offsets) {
    int rank = Math.max(shape.rank(), 1);
    int[] sizes = new int[rank];
    int[][] strides = new int[expanded.length][rank];
    int axes = 0;
    for (int axis = 0; axis < shape.rank(); axis++) {
      int size = shape.sizes()[axis];
      if (size == 1) {
        continue;
      }
      if (axes > 0 && mergeable(strides, axes - 1, expanded, axis, size)) {
        axes--;
        sizes[axes] *= size;
      } else {
        sizes[axes] = size;
      }
      for (int k = 0; k < expanded.length; k++) {
        strides[k][axes] = expanded[k][axis];
      }
      axes++;
    }
    if (axes == 0) {
      sizes[axes++] = shape.count();
    }
    return new Nest(sizes, strides, offsets, axes);
  }

  private static boolean mergeable(
      int[][] strides, int outer, int[][] expanded, int inner, int innerSize) {
    for (int k = 0; k < strides.length; k++) {
      if (strides[k][outer] != expanded[k][inner] * innerSize) {
        return false;
      }
    }
    return true;
  }

  /// The number of elements in a run.
  public int length() {
    return sizes[axes - 1];
  }

  /// The distance in operand `k`'s storage from one element of a run to the next.
  public int step(int k) {
    return strides[k][axes - 1];
  }

  /// The number of runs in a plane, which lies along the two innermost axes.
  int rows() {
    return axes < 2 ? 1 : sizes[axes - 2];
  }

  /// The distance in operand `k`'s storage from one run of a plane to the next.
  int rowStep(int k) {
    return axes < 2 ? 0 : strides[k][axes - 2];
  }

  /// The same elements in an order that reads operand `k` in short steps: the axis along which its
  /// elements lie closest is one of the two that span a plane.
  Nest facing(int k) {
    int nearest = axes - 1;
    for (int axis = axes - 2; axis >= 0; axis--) {
      boolean nearer = Math.abs(strides[k][axis]) < Math.abs(strides[k][nearest]);
      nearest = strides[k][axis] != 0 && strides[k][nearest] != 0 && nearer ? axis : nearest;
    }
    if (nearest >= axes - 2) {
      return this;
    }
    int[][] reordered = new int[strides.length][];
    for (int other = 0; other < strides.length; other++) {
      reordered[other] = movedInwards(strides[other], nearest);
    }
    return new Nest(movedInwards(sizes, nearest), reordered, offsets, axes);
  }

  /// The entry of `axis` moved beside the innermost one.
  private int[] movedInwards(int[] entries, int axis) {
    int[] moved = entries.clone();
    System.arraycopy(entries, axis + 1, moved, axis, axes - 2 - axis);
    moved[axes - 2] = entries[axis];
    return moved;
  }

  /// Calls `run` for every run, outer axes first.
  public void forEachRun(Run run) {
    forEach(axes - 1, run);
  }

  /// Calls `plane` with the start of every plane, outer axes first.
  void forEachPlane(Run plane) {
    forEach(Math.max(axes - 2, 0), plane);
  }

  private void forEach(int outer, Run run) {
    for (int axis = 0; axis < axes; axis++) {
      if (sizes[axis] == 0) {
        return;
      }
    }
    int[] at = offsets.clone();
    int[] index = new int[axes];
    while (true) {
      run.at(at);
      int axis = outer - 1;
      while (axis >= 0 && ++index[axis] == sizes[axis]) {
        index[axis] = 0;
        move(at, axis, 1 - sizes[axis]);
        axis--;
      }
      if (axis < 0) {
        return;
      }
      move(at, axis, 1);
    }
  }

  private void move(int[] at, int axis, int by) {
    for (int k = 0; k < at.length; k++) {
      at[k] += strides[k][axis] * by;
    }
  }
}
