package org.wengert.backend;

/// A yes-or-no question about two numbers. Pure.
public interface Comparison {
  /// The answer for floating numbers; `NaN` compares as in Java.
  boolean test(double a, double b);

  /// The answer for integers.
  boolean test(long a, long b);
}
