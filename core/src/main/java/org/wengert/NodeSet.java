package org.wengert;

import java.util.Arrays;

/// A set of node numbers: open addressing, no boxing, no order to depend on. Node numbers are
/// positive.
final class NodeSet {
  private long[] slots = new long[64];
  private int size;

  boolean contains(long number) {
    return slots[slot(slots, number)] == number;
  }

  /// Adds a number; says whether it is new.
  boolean add(long number) {
    int slot = slot(slots, number);
    if (slots[slot] == number) {
      return false;
    }
    slots[slot] = number;
    if (++size * 2 > slots.length) {
      grow();
    }
    return true;
  }

  private void grow() {
    long[] wider = new long[slots.length * 2];
    Arrays.stream(slots).filter(number -> number != 0).forEach(n -> wider[slot(wider, n)] = n);
    slots = wider;
  }

  private static int slot(long[] slots, long number) {
    int slot = Pending.hash(number) & slots.length - 1;
    while (slots[slot] != 0 && slots[slot] != number) {
      slot = slot + 1 & slots.length - 1;
    }
    return slot;
  }
}
