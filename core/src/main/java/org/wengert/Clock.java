package org.wengert;

import java.util.concurrent.atomic.AtomicLong;

/// The global clock that numbers the nodes of all graphs and the changes of all parameters. Since a
/// result is created after its operands, the order of numbers is a topological order of any graph.
///
/// The first reading is 1. Thread-safe.
final class Clock {
  private static final AtomicLong LAST = new AtomicLong();

  private Clock() {}

  /// The last number given.
  static long now() {
    return LAST.get();
  }

  static long next() {
    return LAST.incrementAndGet();
  }
}
