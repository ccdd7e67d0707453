package org.wengert.backend.plain;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.wengert.backend.Window;
import org.wengert.tensor.Shape;

/// The tiles of a plane, row by row in one line ([PaddedPlane] with windows of 4×4, two apart), and
/// the strips into which the line is cut.
///
/// Immutable.
final class WinogradPlane {
  private final PaddedPlane plane;
  private final int tileColumns;
  private final int rows;
  private final int columns;
  private final int strip;
  private final int pitch;
  private final int segment;
  private final Runs[] packing;

  /// @param operand its shape, of which rows and columns count
  /// @param before the padding in front of them
  /// @param result the shape of the result
  /// @param most how many tiles a strip should have at the most
  WinogradPlane(Shape operand, int[] before, Shape result, int most) {
    rows = result.size(2);
    columns = result.size(3);
    int tileRows = Math.ceilDiv(rows, 2);
    tileColumns = Math.ceilDiv(columns, 2);
    plane =
        PaddedPlane.forward(
            List.of(
                Window.sliding(operand.size(2), WinogradTiles.SIDE, 2, 1, before[0], tileRows),
                Window.sliding(operand.size(3), WinogradTiles.SIDE, 2, 1, before[1], tileColumns)));
    int count = Math.ceilDiv(plane.length(), most);
    int unit = count == 1 ? IndirectProduct.LANES : 3 * IndirectProduct.LANES;
    strip = Math.ceilDiv(Math.ceilDiv(plane.length(), count), unit) * unit;
    pitch = strip | IndirectProduct.LANES;
    segment = strip + plane.reach();
    packing = new Runs[Math.ceilDiv(plane.length(), strip)];
    for (int i = 0; i < packing.length; i++) {
      packing[i] = plane.packing(i * strip, segment, segment);
    }
  }

  /// The number of strips.
  int strips() {
    return packing.length;
  }

  /// How many tiles a strip has, those that run over the end of a row included.
  int strip() {
    return strip;
  }

  /// A distance from row to row of tiles that does not make rows compete for the same places of the
  /// cache.
  int pitch() {
    return pitch;
  }

  /// How many elements of a channel are packed for a strip.
  int packed() {
    return plane.phaseCount() * segment;
  }

  /// Where each element of the first tile lies in what is packed.
  int[] places() {
    int[] places = new int[WinogradTiles.PRODUCTS];
    Arrays.setAll(places, i -> plane.place(i, segment));
    return places;
  }

  /// The tiles of a strip that are not across the end of a row.
  int[] tiles(int i) {
    int count = Math.min(strip, plane.length() - i * strip);
    int line = tileColumns + 1;
    return IntStream.range(0, count).filter(t -> (i * strip + t) % line < tileColumns).toArray();
  }

  /// What packs a channel for a strip.
  Runs packing(int i) {
    return packing[i];
  }

  /// The number of multiples of a register that tiles of a strip take.
  int width(int i) {
    int left = Math.min(strip, plane.length() - i * strip);
    return Math.ceilDiv(left, IndirectProduct.LANES) * IndirectProduct.LANES;
  }

  /// Stores the results of a strip's tiles.
  ///
  /// @param from a row of `strip()` for each element of a tile of results
  void store(IndirectProduct product, Panels panels, int i, Object from, Object to, int toAt) {
    int line = tileColumns + 1;
    int end = Math.min((i + 1) * strip, plane.length());
    for (int tile = i * strip; tile < end; ) {
      int column = tile % line;
      int run = Math.min(line - column, end - tile);
      int count = Math.min(run, tileColumns - column);
      for (int r = 2 * (tile / line); r < Math.min(rows, 2 * (tile / line) + 2); r++) {
        int source = r % 2 * 2 * strip + tile - i * strip;
        int target = toAt + r * columns + 2 * column;
        int pairs = Math.clamp(columns / 2 - column, 0, count); // a strip may begin behind a row
        product.interleave(from, source, source + strip, to, target, pairs);
        panels.copy(from, source + pairs, 1, to, target + 2 * pairs, 1, count - pairs);
      }
      tile += run;
    }
  }
}
