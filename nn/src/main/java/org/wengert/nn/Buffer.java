package org.wengert.nn;

import org.wengert.tensor.DType;
import org.wengert.tensor.DTypeException;
import org.wengert.tensor.ShapeException;
import org.wengert.tensor.Tensor;

/// Numbers that belong to a module and are saved with it, but are not trained, such as a running
/// mean. Holds state: [#assign] replaces the numbers.
///
/// A buffer in a field of a [Module] is found there and has the field's name as its key in the
/// state dict. Reading is thread-safe; who assigns sees to it that nobody computes meanwhile.
public final class Buffer {
  private volatile Tensor value;

  /// A buffer that starts with a copy of `start`.
  public Buffer(Tensor start) {
    this.value = start.copy();
  }

  /// The numbers.
  public Tensor value() {
    return value;
  }

  /// Replaces the numbers by a copy of `next`, which has the same shape and type.
  ///
  /// @throws ShapeException if the shape differs
  /// @throws DTypeException if the type differs
  public void assign(Tensor next) {
    if (!next.shape().equals(value.shape())) {
      throw new ShapeException(
              "the new value has shape " + next.shape() + ", the buffer " + value.shape())
          .hint("a buffer keeps its shape; make another Buffer for another one");
    }
    if (next.dtype() != value.dtype()) {
      throw new DTypeException(
              "the new value has type " + next.dtype() + ", the buffer " + value.dtype())
          .hint("convert with to(" + value.dtype() + ")");
    }
    value = next.copy();
  }

  /// Converts floating numbers to another floating type; counters stay as they are.
  void convert(DType type) {
    if (value.dtype().isFloating()) {
      value = value.to(type);
    }
  }

  /// Shape and type, such as `Buffer (64) FLOAT32`.
  @Override
  public String toString() {
    return "Buffer " + value.shape() + " " + value.dtype();
  }
}
