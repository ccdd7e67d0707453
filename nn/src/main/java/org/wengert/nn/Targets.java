package org.wengert.nn;

import org.wengert.Variable;
import org.wengert.tensor.ShapeException;

/// Checks of a loss's operands.
final class Targets {
  private Targets() {}

  static void requireSameShape(String loss, Variable input, Variable target) {
    if (!input.shape().equals(target.shape())) {
      boolean sameCount = input.value().count() == target.value().count();
      throw (ShapeException)
          new ShapeException("an input of shape " + input.shape() + " meets another target shape")
              .hint(
                  "a loss does not broadcast; "
                      + (sameCount
                          ? "write target.reshape" + input.shape()
                          : "make the shapes equal"))
              .during(loss)
              .operand("input", input.name(), input.shape().toString())
              .operand("target", target.name(), target.shape().toString());
    }
  }
}
