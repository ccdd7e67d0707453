package org.wengert;

import org.wengert.tensor.DTypeException;
import org.wengert.tensor.Shape;
import org.wengert.tensor.ShapeException;
import org.wengert.tensor.Tensor;

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

  /// Refuses a scalar, for operations that go along an axis.
  static void hasAxes(Shape x) {
    if (x.rank() == 0) {
      throw new ShapeException("a scalar has no axis to go along").hint("reshape it to (1) first");
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
