package org.wengert.backend;

/// A function of one integer, applied to every element of an integral or boolean tensor. Pure.
@FunctionalInterface
public interface LongFunction {
  /// The function's value at `x`; its low bits are kept in `INT32`.
  long apply(long x);
}
