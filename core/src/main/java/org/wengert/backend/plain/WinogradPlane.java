package org.wengert.backend.plain;

import java.util.stream.IntStream;
import org.wengert.tensor.Shape;

/// The tiles of a plane, row by row in one line with one tile between rows that nobody wants, and
/// the strips into which the line is cut. For a strip, whole rows of the operand are copied, even
/// rows and odd rows apart ([#copy]); then even and odd columns are taken apart ([#split]).
///
/// Immutable.
final class WinogradPlane {
  private static final int FETCHED = 8; // channels, which stay in the L1 cache
  private static final int LINE = 16; // elements

  private final int[] sizes;
  private final int[] before;
  private final int tileColumns;
  private final int line;
  private final int rows;
  private final int columns;
  private final int length;
  private final int strip;
  private final int pitch;
  private final int segment;
  private final int copied;

  /// @param operand its shape, of which rows and columns count
  /// @param before the padding in front of them
  /// @param result the shape of the result
  /// @param most how many tiles a strip should have at the most
  WinogradPlane(Shape operand, int[] before, Shape result, int most) {
    this.sizes = new int[] {operand.size(2), operand.size(3)};
    this.before = before;
    rows = result.size(2);
    columns = result.size(3);
    tileColumns = Math.ceilDiv(columns, 2);
    line = tileColumns + 1;
    length = (Math.ceilDiv(rows, 2) - 1) * line + tileColumns;
    int count = Math.ceilDiv(length, most);
    int unit = count == 1 ? IndirectProduct.LANES : 3 * IndirectProduct.LANES;
    strip = Math.ceilDiv(Math.ceilDiv(length, count), unit) * unit;
    pitch = strip | IndirectProduct.LANES;
    segment = strip + line + 1;
    copied = Math.ceilDiv(line - 1 + segment, line);
  }

  /// The number of strips.
  int strips() {
    return Math.ceilDiv(length, strip);
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

  /// How many elements [#copy] copies of a channel, padding included.
  int copied() {
    return 4 * copied * line;
  }

  /// How many elements of a channel are packed for a strip.
  int packed() {
    return 4 * segment;
  }

  /// Where each element of the first tile lies in what is packed: even columns of even rows, odd
  /// columns of these, then those of odd rows.
  int[] places() {
    int[] places = new int[WinogradTiles.PRODUCTS];
    for (int i = 0; i < places.length; i++) {
      int row = i / WinogradTiles.SIDE;
      int column = i % WinogradTiles.SIDE;
      places[i] = (row % 2 * 2 + column % 2) * segment + row / 2 * line + column / 2;
    }
    return places;
  }

  /// Brings what a strip sees of some channels into the cache, by an element of each line: they
  /// come all at once, where [#copy] would wait for the rows of each channel.
  ///
  /// @param c the channel about to be copied; some more follow if it is the first of so many
  /// @param to has room for a channel from `toAt` on
  void fetch(Panels panels, int i, Object from, int at, int c, int channels, Object to, int toAt) {
    int first = Math.max(0, 2 * (i * strip / line) - before[0]);
    int last = Math.min(sizes[0], 2 * (i * strip / line + copied) - before[0]);
    int end = c % FETCHED == 0 ? Math.min(FETCHED, channels - c) : 0;
    for (int k = 0; k < end; k++) {
      int place = at + (k * sizes[0] + first) * sizes[1];
      int lines = (last - first) * sizes[1] / LINE;
      panels.copy(from, place, LINE, to, toAt, 1, lines);
    }
  }

  /// Copies the rows of a channel that a strip sees to where zeros stand for the padding.
  void copy(IndirectProduct product, int i, Object from, int at, Object to, int toAt) {
    int first = i * strip / line;
    for (int odd = 0; odd < 2; odd++) {
      int top = 2 * first + odd - before[0];
      int begin = Math.clamp(Math.ceilDiv(-top, 2), 0, copied);
      int end = Math.clamp(Math.ceilDiv(sizes[0] - top, 2), begin, copied);
      product.copyRows(
          from,
          at + (top + 2 * begin) * sizes[1],
          2 * sizes[1],
          to,
          toAt + (odd * copied + begin) * 2 * line + before[1],
          2 * line,
          end - begin,
          Math.min(sizes[1], 2 * line - before[1]));
    }
  }

  /// Takes even and odd columns of what [#copy] has copied apart.
  void split(IndirectProduct product, int i, Object from, int at, Object to, int toAt) {
    int begin = at + 2 * (i * strip % line);
    product.split(from, begin, to, toAt, toAt + segment, segment);
    int odd = toAt + 2 * segment;
    product.split(from, begin + 2 * copied * line, to, odd, odd + segment, segment);
  }

  /// The tiles of a strip that are not across the end of a row.
  int[] tiles(int i) {
    int count = Math.min(strip, length - i * strip);
    return IntStream.range(0, count).filter(t -> (i * strip + t) % line < tileColumns).toArray();
  }

  /// The number of multiples of a register that tiles of a strip take.
  int width(int i) {
    int left = Math.min(strip, length - i * strip);
    return Math.ceilDiv(left, IndirectProduct.LANES) * IndirectProduct.LANES;
  }

  /// Stores the results of a strip's tiles.
  ///
  /// @param from a row of `strip()` for each element of a tile of results
  void store(IndirectProduct product, Panels panels, int i, Object from, Object to, int toAt) {
    int end = Math.min((i + 1) * strip, length);
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
