package org.wengert.backend.vector;

/// A piece of an indirect product whose result stays in registers: a fixed number of rows, of
/// vectors side by side. Made by [IndirectTileEmitter] for each size and element type.
interface IndirectTile {
  /// Computes the tile; see [org.wengert.backend.plain.IndirectProduct#run].
  void run(
      Object a,
      int aAt,
      int[] rowPlaces,
      int rowsAt,
      int[] aPlaces,
      Object b,
      int bAt,
      int[] bPlaces,
      int depth,
      Object c,
      int cAt,
      int cRow,
      boolean fresh);
}
