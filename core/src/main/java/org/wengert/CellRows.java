package org.wengert;

import org.wengert.CellLoop.Slot;
import org.wengert.backend.Backend;
import org.wengert.backend.Element;
import org.wengert.backend.Loop;
import org.wengert.tensor.Storage;

/// A [CellLoop] on rows: where each of its arrays begins and how far apart its rows are. Holds
/// state; each thread has its own.
final class CellRows {
  private static final double[] NO_SCALARS = {};

  private final Loop loop;
  private final CellLoop cell;
  private final Object[] arrays;
  private final int[] at;
  private final int[] steps;

  CellRows(Backend kernels, CellLoop cell, Element element) {
    loop = cell.kernel().loop(kernels.loops(), element, 0);
    this.cell = cell;
    arrays = new Object[cell.arrays()];
    at = new int[arrays.length];
    steps = new int[arrays.length];
  }

  /// Says where the rows of a slot are; those that the loop does not have are passed over.
  void place(Slot slot, Storage rows, int from, int step) {
    for (int k : cell.arraysOf(slot)) {
      arrays[k] = rows instanceof Storage.Floats f ? f.array() : ((Storage.Doubles) rows).array();
      at[k] = from;
      steps[k] = step;
    }
  }

  /// Runs the loop for so many rows of so many elements.
  void run(int rows, int width) {
    for (int row = 0; row < rows; row++) {
      loop.run(width, arrays, at, NO_SCALARS);
      for (int k = 0; k < at.length; k++) {
        at[k] += steps[k];
      }
    }
  }
}
