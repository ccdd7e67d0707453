package org.wengert.tensor;

import java.util.Arrays;
import java.util.StringJoiner;

/// The sizes of a tensor's axes, outermost first. `Shape.SCALAR` has no axis and one element; a
/// shape with a size 0 has no element.
///
/// Immutable and safe to share. Two shapes are equal if their sizes are.
public final class Shape {
  /// The shape of a single number: rank 0.
  public static final Shape SCALAR = new Shape(new int[0], 1);

  private final int[] sizes;
  private final int count;
  private final int[] rowMajor;

  private Shape(int[] sizes, int count) {
    this.sizes = sizes;
    this.count = count;
    this.rowMajor = rowMajorStrides(sizes);
  }

  /// The shape with these sizes.
  ///
  /// @throws ShapeException if a size is negative or the number of elements exceeds 2³¹ - 1, the
  ///     length of the longest Java array
  public static Shape of(int... sizes) {
    return sizes.length == 0 ? SCALAR : new Shape(sizes.clone(), count(sizes));
  }

  private static int count(int[] sizes) {
    long count = 1;
    boolean empty = false;
    for (int size : sizes) {
      if (size < 0) {
        throw new ShapeException("negative size " + size + " in shape " + Arrays.toString(sizes))
            .hint("sizes are 0 or more");
      }
      empty |= size == 0;
      count = Math.min(count * Math.max(size, 1), 1L << 31);
    }
    if (!empty && count > Integer.MAX_VALUE) {
      throw new ShapeException(
              "shape " + text(sizes) + " has more than " + Integer.MAX_VALUE + " elements")
          .hint("a tensor lives in one Java array; split it along an axis");
    }
    return empty ? 0 : (int) count;
  }

  private static int[] rowMajorStrides(int[] sizes) {
    int[] strides = new int[sizes.length];
    int stride = 1;
    for (int axis = sizes.length - 1; axis >= 0; axis--) {
      strides[axis] = stride;
      stride *= Math.max(sizes[axis], 1);
    }
    return strides;
  }

  /// The number of axes.
  public int rank() {
    return sizes.length;
  }

  /// The number of elements, 1 for a scalar. PyTorch's `numel`.
  public int count() {
    return count;
  }

  /// The size of an axis; negative axes count from the end, so `size(-1)` is the innermost.
  ///
  /// @throws ShapeException if there is no such axis
  public int size(int axis) {
    return sizes[existing(axis)];
  }

  /// The axis counted from the front. Unlike [Axes#normalize] it grants a scalar no axis, since
  /// there is no size to read or replace.
  int existing(int axis) {
    if (sizes.length == 0) {
      throw new ShapeException("axis " + axis + " does not exist in a tensor of rank 0")
          .hint("a scalar has no axes; reshape it to (1) first");
    }
    return Axes.normalize(axis, sizes.length);
  }

  /// The sizes as a fresh array.
  public int[] toArray() {
    return sizes.clone();
  }

  /// The strides of a tensor of this shape that lies in memory row by row. Shared: read it only.
  int[] rowMajorStrides() {
    return rowMajor;
  }

  /// The sizes without a copy, for this package.
  int[] sizes() {
    return sizes;
  }

  /// This shape with the size of one axis replaced.
  public Shape with(int axis, int size) {
    int[] changed = sizes.clone();
    changed[existing(axis)] = size;
    return of(changed);
  }

  /// This shape with an axis of the given size inserted before position `axis`; `-1` appends.
  public Shape insert(int axis, int size) {
    int at = Axes.normalize(axis, sizes.length + 1);
    int[] longer = new int[sizes.length + 1];
    System.arraycopy(sizes, 0, longer, 0, at);
    longer[at] = size;
    System.arraycopy(sizes, at, longer, at + 1, sizes.length - at);
    return of(longer);
  }

  /// This shape without one axis.
  public Shape remove(int axis) {
    int at = existing(axis);
    int[] shorter = new int[sizes.length - 1];
    System.arraycopy(sizes, 0, shorter, 0, at);
    System.arraycopy(sizes, at + 1, shorter, at, shorter.length - at);
    return of(shorter);
  }

  /// The shape that `sizes` mean for the elements of `x` when one of them may be -1, which is then
  /// computed from the others.
  ///
  /// @throws ShapeException if two sizes are -1, or the others do not divide the number of elements
  public static Shape resolve(Shape x, int... sizes) {
    int unknown = -1;
    long known = 1;
    for (int axis = 0; axis < sizes.length; axis++) {
      if (sizes[axis] != -1) {
        known *= sizes[axis];
      } else if (unknown >= 0) {
        throw new ShapeException("two sizes of " + Arrays.toString(sizes) + " are -1")
            .hint("only one size can be computed from the others");
      } else {
        unknown = axis;
      }
    }
    if (unknown < 0) {
      return of(sizes);
    }
    if (known <= 0 || x.count() % known != 0) {
      throw new ShapeException(
              x.count() + " elements of shape " + x + " do not divide into " + text(sizes))
          .hint("the product of the other sizes must divide the number of elements");
    }
    int[] resolved = sizes.clone();
    resolved[unknown] = (int) (x.count() / known);
    return of(resolved);
  }

  /// The shape that `a` and `b` broadcast to: aligned at the innermost axis, sizes must be equal or
  /// one of them 1.
  ///
  /// @throws ShapeException naming the axis whose sizes disagree
  public static Shape broadcast(Shape a, Shape b) {
    if (a == b || a.equals(b)) {
      return a;
    }
    int rank = Math.max(a.rank(), b.rank());
    int[] joint = new int[rank];
    for (int fromEnd = 1; fromEnd <= rank; fromEnd++) {
      int left = fromEnd <= a.rank() ? a.sizes[a.rank() - fromEnd] : 1;
      int right = fromEnd <= b.rank() ? b.sizes[b.rank() - fromEnd] : 1;
      if (left != right && left != 1 && right != 1) {
        throw new ShapeException("size " + left + " meets size " + right + " at axis " + -fromEnd)
            .hint("sizes must be equal or 1, aligned at the innermost axis; reshape one operand");
      }
      joint[rank - fromEnd] = left == 1 ? right : left;
    }
    return of(joint);
  }

  /// Whether a tensor of this shape can be expanded to `target`.
  public boolean broadcastsTo(Shape target) {
    int extra = target.rank() - rank();
    if (extra < 0) {
      return false;
    }
    for (int axis = 0; axis < rank(); axis++) {
      if (sizes[axis] != 1 && sizes[axis] != target.sizes[axis + extra]) {
        return false;
      }
    }
    return true;
  }

  @Override
  public boolean equals(Object other) {
    return this == other || other instanceof Shape s && Arrays.equals(sizes, s.sizes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(sizes);
  }

  /// The sizes in parentheses, such as `(32, 784)`; a scalar is `()`.
  @Override
  public String toString() {
    return text(sizes);
  }

  private static String text(int[] sizes) {
    StringJoiner text = new StringJoiner(", ", "(", ")");
    for (int size : sizes) {
      text.add(Integer.toString(size));
    }
    return text.toString();
  }
}
