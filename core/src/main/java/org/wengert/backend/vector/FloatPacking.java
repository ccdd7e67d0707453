package org.wengert.backend.vector;

import org.wengert.backend.Matrix;

/// The loop of [Packing] on `float`, for columns that are no neighbours.
final class FloatPacking {
  private FloatPacking() {}

  static void copy(Matrix x, float[] from, float[] to, int at, int width) {
    int columns = x.columns();
    int step = x.columnStride();
    for (int k = 0; k < x.rows(); k++) {
      int place = x.at() + k * x.rowStride();
      int end = at + k * width + columns;
      for (int j = at + k * width; j < end; j++) {
        to[j] = from[place];
        place += step;
      }
    }
  }
}
