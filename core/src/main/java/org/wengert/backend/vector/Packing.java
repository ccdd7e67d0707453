package org.wengert.backend.vector;

import java.util.Arrays;
import org.wengert.backend.Matrix;
import org.wengert.tensor.Storage;

/// Copies a matrix so that a [Tile] reads it from the first level of the cache: in panels of a
/// fixed number of columns, each of which lies row by row.
final class Packing {
  private static final int TOGETHER = 8; // columns read at once: so many lines of a set are cached

  private Packing() {}

  /// Writes panel behind panel; each takes `x.rows() * width` places.
  static void panels(Matrix x, int width, Object to) {
    if (x.columnStride() == 1) {
      copy(x, width, to);
      return;
    }
    int at = 0;
    for (int from = 0; from < x.columns(); from += width) {
      panel(x.columns(from, Math.min(width, x.columns() - from)), to, at, width);
      at += x.rows() * width;
    }
  }

  /// Row by row, since that is how it is fetched.
  private static void copy(Matrix x, int width, Object to) {
    int whole = x.columns() / width * width;
    for (int k = 0; k < x.rows(); k++) {
      int place = x.at() + k * x.rowStride();
      int at = k * width;
      for (int j = 0; j < whole; j += width) {
        copy(x.storage(), place + j, to, at, width);
        at += x.rows() * width;
      }
      if (whole < x.columns()) {
        copy(x.storage(), place + whole, to, at, x.columns() - whole);
      }
    }
  }

  /// Copies neighbours. By type, for then the compiler knows what to copy.
  static void copy(Storage from, int at, Object to, int toAt, int count) {
    switch (from) {
      case Storage.Floats s -> System.arraycopy(s.array(), at, (float[]) to, toAt, count);
      case Storage.Doubles s -> System.arraycopy(s.array(), at, (double[]) to, toAt, count);
      default -> throw new IllegalStateException("no panels of " + from.dtype());
    }
  }

  private static void fill(Storage from, int at, Object to, int toAt, int count) {
    switch (from) {
      case Storage.Floats s -> Arrays.fill((float[]) to, toAt, toAt + count, s.array()[at]);
      case Storage.Doubles s -> Arrays.fill((double[]) to, toAt, toAt + count, s.array()[at]);
      default -> throw new IllegalStateException("no panels of " + from.dtype());
    }
  }

  private static void panel(Matrix x, Object to, int at, int width) {
    if (x.columnStride() == 0) {
      for (int k = 0; k < x.rows(); k++) {
        fill(x.storage(), x.at() + k * x.rowStride(), to, at + k * width, width);
      }
      return;
    }
    Tiles tiles = Tiles.of(LaneType.of(x.storage()));
    if (x.rowStride() == 1 && x.rows() >= tiles.lanes()) {
      transpose(x, to, at, width, tiles);
      return;
    }
    for (int j = 0; j < x.columns(); j += TOGETHER) {
      Matrix part = x.columns(j, Math.min(TOGETHER, x.columns() - j));
      switch (x.storage()) {
        case Storage.Floats s -> FloatPacking.copy(part, s.array(), (float[]) to, at + j, width);
        case Storage.Doubles s -> DoublePacking.copy(part, s.array(), (double[]) to, at + j, width);
        default -> throw new IllegalStateException("no panels of " + x.dtype());
      }
    }
  }

  /// In whole squares; the last one covers some rows again if need be.
  private static void transpose(Matrix x, Object to, int at, int width, Tiles tiles) {
    Transposer transposer = tiles.transposer();
    Object from = LaneType.array(x.storage());
    int lanes = tiles.lanes();
    int blocks = x.rows() / lanes;
    int rest = x.rows() - lanes;
    for (int j = 0; j < x.columns(); j += lanes) {
      int place = x.at() + j * x.columnStride();
      int last = Math.min(lanes, x.columns() - j) - 1;
      transposer.run(from, place, x.columnStride(), last, to, at + j, width, blocks);
      if (blocks * lanes < x.rows()) {
        int end = at + j + rest * width;
        transposer.run(from, place + rest, x.columnStride(), last, to, end, width, 1);
      }
    }
  }
}
