package org.wengert.backend;

/// A function of two numbers, applied to pairs of elements. Each implementing class gets a loop of
/// its own, see [Loops]; the function must be pure.
@FunctionalInterface
public interface ScalarFunction2 {
  /// The function's value at `(a, b)`; rounded to `float` in `FLOAT32` tensors.
  double value(double a, double b);
}
