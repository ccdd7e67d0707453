package org.wengert.backend.vector;

import org.jspecify.annotations.Nullable;

/// The tiles of one element type, made when first wanted.
///
/// A full tile has two vectors side by side and as many rows as there are registers for; smaller
/// ones cover the edges of a matrix.
final class Tiles {
  /// The number of vectors side by side in a full tile.
  static final int VECTORS = 2;

  private static final Tiles FLOAT = new Tiles(LaneType.FLOAT);
  private static final Tiles DOUBLE = new Tiles(LaneType.DOUBLE);

  private final LaneType element;
  private final int lanes;
  private final int rows;
  private final int band;
  private final @Nullable Tile[] tiles;
  private @Nullable Transposer transposer;

  private Tiles(LaneType element) {
    this.element = element;
    lanes = element.lanes();
    // 16 registers hold 6 × 2 accumulators and what is multiplied; with 512 bits there are 32
    rows = lanes * element.bits() >= 512 ? 8 : 6;
    int common = rows;
    while (common % lanes != 0) {
      common += rows;
    }
    band = common;
    tiles = new Tile[(rows + 1) * (VECTORS + 1)];
  }

  static Tiles of(LaneType element) {
    return element == LaneType.FLOAT ? FLOAT : DOUBLE;
  }

  /// The number of rows of a full tile.
  int rows() {
    return rows;
  }

  /// The number of columns of a full tile.
  int columns() {
    return VECTORS * lanes;
  }

  /// The number of elements of a vector.
  int lanes() {
    return lanes;
  }

  /// How many rows of `a` are packed side by side: whole tiles and whole vectors.
  int band() {
    return band;
  }

  /// Transposes squares of vectors.
  Transposer transposer() {
    Transposer made = transposer;
    if (made == null) {
      made = new TransposerEmitter(element).emit();
      transposer = made;
    }
    return made;
  }

  /// The tile for a number of rows, at most those of a full one, and of vectors, 1 or 2.
  Tile tile(int tileRows, int vectors) {
    int index = tileRows * (VECTORS + 1) + vectors;
    Tile tile = tiles[index];
    if (tile == null) { // made twice if two threads come at once, which does no harm
      tile = new TileEmitter(element, tileRows, vectors).emit();
      tiles[index] = tile;
    }
    return tile;
  }
}
