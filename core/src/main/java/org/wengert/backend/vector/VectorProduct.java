package org.wengert.backend.vector;

import jdk.incubator.vector.VectorShape;
import org.jspecify.annotations.Nullable;
import org.wengert.backend.plain.IndirectProduct;

/// [IndirectProduct] in tiles whose results stay in registers. On 512 bits there are 24 of them in
/// flight; narrower machines have half as many registers.
final class VectorProduct implements IndirectProduct {
  private static final int MOST_ROWS = 8;
  private static final int MOST_VECTORS = 4;
  private static final boolean WIDE = bits() == 512;

  private final IndirectProduct plain;
  private final LaneType element;
  private final int lanes;
  private final @Nullable IndirectTile[][] tiles =
      new IndirectTile[MOST_ROWS + 1][MOST_VECTORS + 1];

  /// @param plain the same as a plain loop, for what is too small
  VectorProduct(IndirectProduct plain, LaneType element) {
    this.plain = plain;
    this.element = element;
    this.lanes = bits() / element.bits();
  }

  private static int bits() {
    return Math.min(512, VectorShape.preferredShape().vectorBitSize());
  }

  /// How many vectors side by side give enough independent sums without using up the registers.
  private static int vectors(int rows, int left) {
    int most = rows == 8 ? (WIDE ? 3 : 1) : rows == 6 ? (WIDE ? 4 : 2) : 4;
    return left >= most ? most : most > 2 && left >= 2 ? 2 : 1;
  }

  @Override
  public void run(
      Object a,
      int aAt,
      int[] rowPlaces,
      int rowsAt,
      int rows,
      int[] aPlaces,
      Object b,
      int bAt,
      int[] bPlaces,
      int depth,
      Object c,
      int cAt,
      int cRow,
      int width,
      boolean fresh) {
    int side = vectors(rows, width / lanes);
    for (int j = 0; j < width; j += side * lanes) {
      side = vectors(rows, (width - j) / lanes);
      IndirectTile tile = tile(rows, side);
      tile.run(
          a, aAt, rowPlaces, rowsAt, aPlaces, b, bAt + j, bPlaces, depth, c, cAt + j, cRow, fresh);
    }
  }

  /// Two threads may make the same tile; they are alike.
  private IndirectTile tile(int rows, int side) {
    IndirectTile tile = tiles[rows][side];
    if (tile == null) {
      tile = new IndirectTileEmitter(element, bits(), rows, side).emit();
      tiles[rows][side] = tile;
    }
    return tile;
  }

  /// In whole squares; the last ones cover some columns again if need be.
  @Override
  public void transpose(
      Object from, int at, int step, int rows, int count, Object to, int toAt, int pitch) {
    int side = element.lanes();
    if (count < side || side > LANES) {
      plain.transpose(from, at, step, rows, count, to, toAt, pitch);
      return;
    }
    Transposer transposer = Tiles.of(element).transposer();
    int rest = count - side;
    for (int r = 0; r < rows; r += side) {
      int place = at + r * step;
      int last = Math.min(side, rows - r) - 1;
      transposer.run(from, place, step, last, to, toAt + r, pitch, count / side);
      if (count % side != 0) {
        transposer.run(from, place + rest, step, last, to, toAt + r + rest * pitch, pitch, 1);
      }
    }
  }

  @Override
  public void copyRows(
      Object from, int at, int step, Object to, int toAt, int toStep, int rows, int count) {
    if (count < element.lanes()) {
      plain.copyRows(from, at, step, to, toAt, toStep, rows, count);
    } else if (element == LaneType.FLOAT) {
      FloatStrides.copyRows((float[]) from, at, step, (float[]) to, toAt, toStep, rows, count);
    } else {
      DoubleStrides.copyRows((double[]) from, at, step, (double[]) to, toAt, toStep, rows, count);
    }
  }

  @Override
  public void everySecond(Object from, int at, Object to, int toAt, int count) {
    if (element == LaneType.FLOAT) {
      FloatStrides.everySecond((float[]) from, at, (float[]) to, toAt, count);
    } else {
      DoubleStrides.everySecond((double[]) from, at, (double[]) to, toAt, count);
    }
  }

  @Override
  public void split(Object from, int at, Object to, int toAt, int otherAt, int count) {
    if (element == LaneType.FLOAT) {
      FloatStrides.split((float[]) from, at, (float[]) to, toAt, otherAt, count);
    } else {
      DoubleStrides.split((double[]) from, at, (double[]) to, toAt, otherAt, count);
    }
  }

  @Override
  public void interleave(Object from, int at, int otherAt, Object to, int toAt, int count) {
    if (element == LaneType.FLOAT) {
      FloatStrides.interleave((float[]) from, at, otherAt, (float[]) to, toAt, count);
    } else {
      DoubleStrides.interleave((double[]) from, at, otherAt, (double[]) to, toAt, count);
    }
  }
}
