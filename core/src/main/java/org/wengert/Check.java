package org.wengert;

import org.wengert.tensor.DTypeException;
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

  static void sameType(String what, Tensor given, String of, Tensor expected) {
    if (given.dtype() != expected.dtype()) {
      throw new DTypeException(
              what + " has type " + given.dtype() + ", " + of + " " + expected.dtype())
          .hint("convert with to(" + expected.dtype() + ")");
    }
  }
}
