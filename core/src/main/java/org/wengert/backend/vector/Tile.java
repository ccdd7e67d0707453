package org.wengert.backend.vector;

/// A small matrix product whose result stays in registers: `c = s + a b` for a fixed number of rows
/// and of vectors side by side. Made by [TileEmitter] for each size and element type.
interface Tile {
  /// Computes the tile. Arrays are `float[]` or `double[]`; a place is an index and strides are
  /// distances between rows, for `a` also between columns; columns of the others are neighbours.
  ///
  /// @param depth the number of columns of `a` and rows of `b`
  void run(
      Object a,
      int aAt,
      int aRow,
      int aColumn,
      Object b,
      int bAt,
      int bRow,
      int depth,
      Object s,
      int sAt,
      int sRow,
      Object c,
      int cAt,
      int cRow);
}
