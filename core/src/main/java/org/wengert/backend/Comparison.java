package org.wengert.backend;

/// A yes-or-no question about two numbers. Pure.
public interface Comparison {
  /// The answer for floating numbers, its inputs; `NaN` compares as in Java.
  Kernel kernel();

  /// The answer for integers.
  boolean test(long a, long b);
}
