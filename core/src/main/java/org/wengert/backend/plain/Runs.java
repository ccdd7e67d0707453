package org.wengert.backend.plain;

import java.util.Arrays;

/// Which elements go where, run by run: what is found out once for a strip of a plane and then done
/// for many channels. Neighbouring runs are joined. Not thread-safe while it grows.
final class Runs {
  private static final int ZERO = Integer.MIN_VALUE;

  private final int sourceStep;
  private final int targetStep;
  private int[] sources = new int[16];
  private int[] targets = new int[16];
  private int[] counts = new int[16];
  private int size;

  /// @param sourceStep the distance between neighbours of a run where they come from
  /// @param targetStep the distance between them where they go
  Runs(int sourceStep, int targetStep) {
    this.sourceStep = sourceStep;
    this.targetStep = targetStep;
  }

  /// `count` elements from place `source` on go to place `target` on.
  void move(int source, int target, int count) {
    if (count > 0 && !joins(source, target, count)) {
      add(source, target, count);
    }
  }

  /// `count` places from `target` on become 0.
  void zero(int target, int count) {
    move(ZERO, target, count);
  }

  private boolean joins(int source, int target, int count) {
    int last = size - 1;
    if (last < 0 || targets[last] + counts[last] * targetStep != target) {
      return false;
    }
    boolean zeros = source == ZERO && sources[last] == ZERO;
    boolean both = source != ZERO && sources[last] != ZERO;
    if (zeros || (both && sources[last] + counts[last] * sourceStep == source)) {
      counts[last] += count;
      return true;
    }
    return false;
  }

  private void add(int source, int target, int count) {
    if (size == counts.length) {
      sources = Arrays.copyOf(sources, 2 * size);
      targets = Arrays.copyOf(targets, 2 * size);
      counts = Arrays.copyOf(counts, 2 * size);
    }
    sources[size] = source;
    targets[size] = target;
    counts[size++] = count;
  }

  /// Moves the elements; places count from `at` and from `toAt`.
  void run(IndirectProduct product, Panels panels, Object from, int at, Object to, int toAt) {
    for (int i = 0; i < size; i++) {
      if (sources[i] == ZERO) {
        panels.fill(to, toAt + targets[i], counts[i], 0);
      } else if (sourceStep == 1 && targetStep == 1) {
        panels.move(from, at + sources[i], to, toAt + targets[i], counts[i]);
      } else if (sourceStep == 2 && targetStep == 1) {
        product.everySecond(from, at + sources[i], to, toAt + targets[i], counts[i]);
      } else {
        panels.copy(
            from, at + sources[i], sourceStep, to, toAt + targets[i], targetStep, counts[i]);
      }
    }
  }
}
