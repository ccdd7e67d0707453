package org.wengert;

import org.wengert.tensor.Axes;
import org.wengert.tensor.DTypeException;
import org.wengert.tensor.Shape;
import org.wengert.tensor.ShapeException;
import org.wengert.tensor.Tensor;
import org.wengert.tensor.WengertException;

/// Checks of operands that several places make.
final class Check {
  private Check() {}

  static void sameShape(String what, Tensor given, String of, Tensor expected) {
    if (!given.shape().equals(expected.shape())) {
      throw new ShapeException(
              what + " has shape " + given.shape() + ", " + of + " " + expected.shape())
          .hint("the two shapes must be equal; reshape or transpose what you pass");
    }
  }

  /// The shape `to`, if axes of `x` can be folded until it has that shape.
  static Shape foldable(Shape x, Shape to) {
    if (!to.broadcastsTo(x)) {
      throw new ShapeException("shape " + x + " does not fold to " + to)
          .hint("only whole axes are folded: to size 1, or away in front");
    }
    return to;
  }

  /// The size of an axis that was computed without overflow.
  ///
  /// @throws ShapeException if no axis can have it
  static int size(long size) {
    if (size < 0 || size > Integer.MAX_VALUE) {
      throw new ShapeException("an axis of size " + size)
          .hint("sizes go from 0 to " + Integer.MAX_VALUE + "; split the operand along an axis");
    }
    return (int) size;
  }

  /// Refuses a scalar, for operations that go along an axis.
  static void hasAxes(Shape x) {
    if (x.rank() == 0) {
      throw new ShapeException("a scalar has no axis to go along").hint("reshape it to (1) first");
    }
  }

  /// The axis of `x` counted from the front.
  ///
  /// @throws ShapeException that names the function and its operand
  static int axis(String function, Variable x, int axis) {
    try {
      return Axes.normalize(axis, x.rank());
    } catch (ShapeException e) {
      throw Recorder.explained(e, function, x);
    }
  }

  /// The axes of `x`, all if none is given.
  ///
  /// @throws ShapeException that names the function and its operand
  static Axes axes(String function, Variable x, int... axes) {
    try {
      return Axes.of(x.rank(), axes);
    } catch (ShapeException e) {
      throw Recorder.explained(e, function, x);
    }
  }

  /// The shape that `sizes` mean for `x` when one of them may be -1.
  ///
  /// @throws ShapeException that names the operand
  static Shape reshaped(Variable x, int... sizes) {
    try {
      return Shape.resolve(x.shape(), sizes);
    } catch (ShapeException e) {
      throw Recorder.explained(e, "reshape", x);
    }
  }

  /// The indices in `index`, if all of them are from 0 to `size - 1`.
  ///
  /// @throws WengertException that names the function and its operands
  static Tensor indices(String function, Variable x, Variable index, int size) {
    try {
      return Indices.checked(index.value(), size);
    } catch (WengertException e) {
      throw x == index
          ? Recorder.explained(e, function, x)
          : Recorder.explained(e, function, x, index);
    }
  }

  static void sameType(String what, Tensor given, String of, Tensor expected) {
    if (given.dtype() != expected.dtype()) {
      throw new DTypeException(
              what + " has type " + given.dtype() + ", " + of + " " + expected.dtype())
          .hint("convert with to(" + expected.dtype() + ")");
    }
  }
}
