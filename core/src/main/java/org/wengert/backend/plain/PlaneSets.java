package org.wengert.backend.plain;

import org.wengert.tensor.Tensor;

/// Which planes belong together.
///
/// @param count the number of sets
/// @param planes the planes of each
/// @param step from one plane of a set to its next, in planes
/// @param size the numbers of a plane
record PlaneSets(int count, int planes, int step, int channels, int size) {
  private static final int IN_CACHE = 1 << 17;

  /// What is done with a plane.
  interface Visit {
    /// Does it.
    ///
    /// @param place the plane's place among those of the sets that are visited, set by set
    void at(int set, int plane, int place);
  }

  static PlaneSets of(Tensor x, int groups) {
    int samples = x.size(0);
    int channels = x.size(1);
    return groups == 0
        ? new PlaneSets(channels, samples, channels, channels, x.size(2))
        : new PlaneSets(samples * groups, channels / groups, 1, channels, x.size(2));
  }

  int channel(int plane) {
    return plane % channels;
  }

  int numbers() {
    return planes * size;
  }

  /// Does all sets, on several threads if there are many. Neighbours are done together as far as
  /// they fit into the cache: their planes lie one behind the other.
  void forEachPart(Rows.Part part) {
    int together = Math.clamp(IN_CACHE / numbers(), 1, Math.ceilDiv(count, 8));
    new Rows(Math.ceilDiv(count, together), together * numbers())
        .forEachPart(
            (first, end) -> {
              for (int i = first; i < end; i++) {
                part.run(i * together, Math.min(count, (i + 1) * together));
              }
            });
  }

  /// Visits the planes of some sets in the order in which they are stored, and so those of each
  /// set in their order.
  void forEachPlane(int first, int end, Visit visit) {
    if (step == 1) {
      for (int set = first; set < end; set++) {
        for (int i = 0; i < planes; i++) {
          visit.at(set, set * planes + i, (set - first) * planes + i);
        }
      }
    } else {
      for (int i = 0; i < planes; i++) {
        for (int set = first; set < end; set++) {
          visit.at(set, set + i * step, (set - first) * planes + i);
        }
      }
    }
  }
}
