package org.wengert.backend.vector;

import org.wengert.backend.Matrix;
import org.wengert.tensor.Storage;

/// Copies a matrix so that a [Tile] reads it from the first level of the cache: in panels of a
/// fixed number of columns, each of which lies row by row.
final class Packing {
  private static final int TOGETHER = 8; // columns read at once: so many lines of a set are cached

  private Packing() {}

  /// Writes panel behind panel; each takes `x.rows() * width` places.
  static void panels(Matrix x, int width, Object to) {
    int at = 0;
    for (int from = 0; from < x.columns(); from += width) {
      panel(x.columns(from, Math.min(width, x.columns() - from)), to, at, width);
      at += x.rows() * width;
    }
  }

  private static void panel(Matrix x, Object to, int at, int width) {
    Object from = Element.array(x.storage());
    if (x.columnStride() == 1) {
      for (int k = 0; k < x.rows(); k++) {
        System.arraycopy(from, x.at() + k * x.rowStride(), to, at + k * width, x.columns());
      }
      return;
    }
    for (int j = 0; j < x.columns(); j += TOGETHER) {
      Matrix part = x.columns(j, Math.min(TOGETHER, x.columns() - j));
      switch (x.storage()) {
        case Storage.Floats floats -> strided(part, floats.array(), (float[]) to, at + j, width);
        case Storage.Doubles doubles ->
            strided(part, doubles.array(), (double[]) to, at + j, width);
        default -> throw new IllegalStateException("no panels of " + x.dtype());
      }
    }
  }

  private static void strided(Matrix x, float[] from, float[] to, int at, int width) {
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

  private static void strided(Matrix x, double[] from, double[] to, int at, int width) {
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
