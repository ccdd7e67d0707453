package org.wengert.tensor;

/// The indices `from, from + step, ...` of an axis, `count` of them: a range whose ends are
/// resolved and checked. Immutable.
public record IndexRange(int from, int count, int step) {
  /// The range along an axis of `x` from `from` up to, not including, `to`, as Python's slices read
  /// it: negative ends count from the end and ends outside the axis stop at its border.
  ///
  /// @throws ShapeException if `step` is less than 1
  public static IndexRange of(Shape x, int axis, int from, int to, int step) {
    if (step < 1) {
      throw new ShapeException("a slice needs a step of at least 1, got " + step)
          .hint("flip an axis to read it backwards");
    }
    int size = x.size(axis);
    int first = clamp(from, size);
    int last = clamp(to, size);
    return new IndexRange(first, Math.ceilDiv(Math.max(0, last - first), step), step);
  }

  private static int clamp(int index, int size) {
    return Math.clamp(index < 0 ? (long) index + size : index, 0, size);
  }
}
