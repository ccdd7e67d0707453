package org.wengert.backend.plain;

import org.wengert.backend.Workers;

/// Lines one behind the other, for kernels that do one after the other.
///
/// @param count how many
/// @param size the numbers of each
record Rows(int count, int size) {
  private static final int TASK = 1 << 13; // numbers worth handing to a thread

  /// What is done with the lines from `first` up to `end`.
  interface Part {
    void run(int first, int end);
  }

  /// Does all lines, on several threads if there are many.
  void forEachPart(Part part) {
    int each = Math.max(1, TASK / Math.max(1, size));
    if (count <= each) {
      part.run(0, count);
    } else {
      Workers.forEach(
          Math.ceilDiv(count, each),
          task -> part.run(task * each, task * each + Math.min(each, count - task * each)));
    }
  }
}
