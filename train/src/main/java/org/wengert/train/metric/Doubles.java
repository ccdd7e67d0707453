package org.wengert.train.metric;

import java.util.Arrays;

/// Numbers in a row that grows. Holds state; not thread-safe.
final class Doubles {
  private double[] values = new double[16];
  private int size;

  Doubles() {}

  void add(double value) {
    if (size == values.length) {
      values = Arrays.copyOf(values, 2 * size);
    }
    values[size++] = value;
  }

  int size() {
    return size;
  }

  double[] sorted() {
    double[] sorted = Arrays.copyOf(values, size);
    Arrays.sort(sorted);
    return sorted;
  }

  void clear() {
    size = 0;
  }
}
