package org.wengert.backend;

/// A function of two integers, applied to pairs of elements of integral or boolean tensors. Pure.
@FunctionalInterface
public interface LongFunction2 {
  /// The function's value at `(a, b)`; its low bits are kept in `INT32`.
  long apply(long a, long b);
}
