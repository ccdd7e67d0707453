package org.wengert;

import java.util.Arrays;
import org.wengert.tensor.DType;
import org.wengert.tensor.DTypeException;
import org.wengert.tensor.Shape;
import org.wengert.tensor.ShapeException;
import org.wengert.tensor.Storage;
import org.wengert.tensor.Tensor;

/// Checks of index tensors, before a kernel relies on them.
final class Indices {
  private Indices() {}

  /// The indices themselves, if all of them are integers from 0 to `size - 1`.
  ///
  /// @throws DTypeException if they are no integers
  /// @throws ShapeException naming the first index that is out of range
  static Tensor checked(Tensor index, int size) {
    requireIndices(index, "convert with to(INT64)");
    for (long i : index.toLongArray()) {
      if (i < 0 || i >= size) {
        throw new ShapeException("index " + i + " is outside an axis of size " + size)
            .hint("indices go from 0 to " + (size - 1));
      }
    }
    return index;
  }

  /// Indices of any sign, counted from the front: -1 becomes `size - 1`.
  ///
  /// @throws DTypeException if they are no integers
  /// @throws ShapeException naming the first index that is out of range
  static Tensor wrapped(Tensor index, int size) {
    requireIndices(index, "a mask is BOOL");
    long[] wrapped = index.toLongArray();
    for (int i = 0; i < wrapped.length; i++) {
      if (wrapped[i] < -size || wrapped[i] >= size) {
        throw new ShapeException("index " + wrapped[i] + " is outside an axis of size " + size)
            .hint("indices go from " + -size + " to " + (size - 1));
      }
      wrapped[i] += wrapped[i] < 0 ? size : 0;
    }
    return Tensor.over(new Storage.Longs(wrapped), index.shape());
  }

  /// PyTorch reads a `UINT8` index as a mask, which is deprecated; here it is neither.
  private static void requireIndices(Tensor index, String otherwise) {
    DType type = index.dtype();
    if (type == DType.UINT8) {
      throw new DTypeException("indices of type UINT8, which could be places or a mask")
          .hint("convert with to(INT64) if they are places, with to(BOOL) if they are a mask");
    }
    if (!type.isIntegral()) {
      throw new DTypeException("indices of type " + type)
          .hint("indices are INT32 or INT64; " + otherwise);
    }
  }

  /// Indices of places along `axis` of a tensor of shape `x`, aligned with its axes.
  static Tensor along(Shape x, int axis, Tensor index) {
    int[] aligned = new int[x.rank()];
    Arrays.fill(aligned, 1);
    aligned[axis] = index.count();
    return index.reshape(aligned).expand(x.with(axis, index.count()));
  }

  /// The place of every element in row-major order.
  static Tensor places(Shape x) {
    return Tensor.arange(x.count()).reshape(x);
  }

  /// Checks that `index` has the rank of `x` and is nowhere larger except along `axis`.
  static void requireWithin(Tensor index, Shape x, int axis) {
    boolean fits = index.rank() == x.rank();
    for (int other = 0; fits && other < x.rank(); other++) {
      fits = other == axis || index.size(other) <= x.size(other);
    }
    if (!fits) {
      throw new ShapeException("indices of shape " + index.shape() + " do not fit shape " + x)
          .hint("the ranks must be equal, and no axis larger except axis " + axis);
    }
  }
}
