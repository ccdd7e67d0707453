package org.wengert.backend.plain;

import org.wengert.tensor.Shape;
import org.wengert.tensor.Tensor;

/// The groups of samples over which the gradients of a convolution's weight and bias are summed:
/// some 4096 positions each, by shape alone, at most 32 groups and no more than have room in 16 MiB
/// of `float`. The groups are added in order. They give threads something to do.
final class SampleGroups {
  private static final int CHAIN = 4096;
  private static final int GROUPS = 32;
  private static final int ROOM = 1 << 22; // elements of all groups

  private final int all;
  private final int samples;
  private final int weights;
  private final int size;
  private final Object sums;

  /// @param weights the number of elements of the weight's gradient
  SampleGroups(Tensor gy, int positions, int weights) {
    all = gy.size(0);
    this.weights = weights;
    size = weights + gy.size(1);
    int most = Math.clamp(ROOM / size, 1, GROUPS);
    samples = Math.max(Math.max(1, CHAIN / positions), Math.ceilDiv(all, most));
    sums = Panels.of(gy.dtype()).array(Tensor.empty(Shape.of(count(), size), gy.dtype()).storage());
  }

  /// The number of groups.
  int count() {
    return Math.ceilDiv(all, samples);
  }

  /// The first sample of a group.
  int first(int group) {
    return group * samples;
  }

  /// The sample behind the last one of a group.
  int end(int group) {
    return Math.min(all, first(group + 1));
  }

  /// Where the gradients of the groups are.
  Object sums() {
    return sums;
  }

  /// Where that of a group's weight begins in [#sums].
  int weightsAt(int group) {
    return group * size;
  }

  /// Where that of its bias begins.
  int biasesAt(int group) {
    return group * size + weights;
  }

  /// Adds the gradients of the groups to the first and, if there is one, the second tensor.
  void join(Panels panels, Tensor gw, Tensor gb, boolean withBias) {
    for (int i = 0; i < count(); i++) {
      panels.add(sums, weightsAt(i), panels.array(gw.storage()), 0, 1, gw.count());
      if (withBias) {
        panels.add(sums, biasesAt(i), panels.array(gb.storage()), 0, 1, gb.count());
      }
    }
  }
}
