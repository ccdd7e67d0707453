package org.wengert.backend.plain;

import org.wengert.tensor.DType;
import org.wengert.tensor.Storage;
import org.wengert.tensor.Tensor;

/// The loops of the convolution kernels that move elements, on `float` or `double` arrays, and the
/// thread's own arrays to move them to.
abstract sealed class Panels permits FloatPanels, DoublePanels {
  private static final int SLOTS = 6;

  private final Scratch scratch = new Scratch(SLOTS);

  static Panels of(DType type) {
    return type == DType.FLOAT32 ? Both.FLOATS : Both.DOUBLES;
  }

  /// In a class of their own: initializing a class and its subclass at once could wait for ever.
  private static final class Both {
    static final Panels FLOATS = new FloatPanels();
    static final Panels DOUBLES = new DoublePanels();
  }

  /// A tensor of the same numbers whose elements lie row by row, perhaps from an offset on.
  static Tensor rowMajor(Tensor x) {
    return x.isContiguous() ? x : x.copy();
  }

  /// An array of the thread that nobody else uses, with at least `length` elements, whatever they
  /// are.
  ///
  /// @param slot which of the thread's arrays
  final Object scratch(int slot, int length) {
    Object[] slots = scratch.arrays();
    Object array = slots[slot];
    if (array == null || length(array) < length) {
      array = allocate(length + length / 4);
      slots[slot] = array;
    }
    return array;
  }

  abstract int length(Object array);

  abstract Object allocate(int length);

  abstract Object array(Storage storage);

  /// `to[toAt + i] = value`.
  abstract void fill(Object to, int toAt, int count, int value);

  /// `to[toAt + i] = from[at + i]`. By type, for then the compiler knows what to copy.
  abstract void move(Object from, int at, Object to, int toAt, int count);

  /// `to[toAt + i toStep] = from[at + i step]`.
  abstract void copy(Object from, int at, int step, Object to, int toAt, int toStep, int count);

  /// `to[toAt + i width + r] = from[at + r rowStep + i]` for `r` below `rows`.
  abstract void transpose(
      Object from, int at, int rowStep, int rows, int count, Object to, int toAt, int width);

  /// `to[toAt + i toStep] += from[at + i]`.
  abstract void add(Object from, int at, Object to, int toAt, int toStep, int count);

  /// `to[toAt + places[placesAt + i]] += from[at + i]`, in order.
  abstract void spread(
      Object from, int at, int[] places, int placesAt, int count, Object to, int toAt);
}
