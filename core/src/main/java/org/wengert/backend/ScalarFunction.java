package org.wengert.backend;

/// A function of one number, applied to every element. Each implementing class gets a loop of its
/// own, see [Loops]; the function must be pure.
@FunctionalInterface
public interface ScalarFunction {
  /// The function's value at `x`; rounded to `float` in `FLOAT32` tensors.
  double value(double x);
}
