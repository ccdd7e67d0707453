package org.wengert.backend.vector;

import org.jspecify.annotations.Nullable;
import org.wengert.backend.Matrix;
import org.wengert.backend.Workers;
import org.wengert.tensor.Storage;

/// A product of two matrices, cut into [Tile]s.
///
/// The inner axis is cut into blocks, so that a panel of `b` (as wide as a tile) stays in the first
/// level of the cache while all rows of `a` pass by, and rows and columns so that what is reused
/// stays in the second. An operand is packed only where its strides would hurt and it is read often
/// enough to pay for it. Every element is one chain of `fma` whatever the blocks are.
final class MatrixProduct {
  private static final int DEPTH = 256;
  private static final int ROWS = 256;
  private static final int COLUMNS = 1024;
  private static final int FAR = 1024; // elements between rows: further apart they share cache sets
  private static final long CHUNK = 1 << 19; // multiplications that are worth a helper's while

  // What a chain without a start begins with, by element: one row of a tile, again and again.
  private static final Storage[] ZEROS = {
    new Storage.Floats(new float[Tiles.of(LaneType.FLOAT).columns()]),
    new Storage.Doubles(new double[Tiles.of(LaneType.DOUBLE).columns()])
  };

  private static final ThreadLocal<Object[]> BUFFERS = ThreadLocal.withInitial(() -> new Object[6]);

  private final Matrix a;
  private final Matrix b;
  private final Matrix start;
  private final Matrix c;
  private final LaneType element;
  private final Tiles tiles;

  private MatrixProduct(Matrix a, Matrix b, Matrix start, Matrix c) {
    this.a = a;
    this.b = b;
    this.start = start;
    this.c = c;
    element = LaneType.of(c.storage());
    tiles = Tiles.of(element);
  }

  /// `c = start + a b`; without `start` from 0.
  static void multiply(Matrix a, Matrix b, @Nullable Matrix start, Matrix c) {
    if (c.rows() == 0 || c.columns() == 0) {
      return;
    }
    boolean turned = c.transposed().hasUnitColumns();
    if (turned && (!c.hasUnitColumns() || c.columns() == 1 && c.rows() > 1)) {
      Matrix begin = start == null ? null : start.transposed();
      multiply(b.transposed(), a.transposed(), begin, c.transposed());
      return;
    }
    Matrix begin = start == null ? zeros(c) : start;
    if (start != null && !start.hasUnitColumns()) {
      copy(start, c);
      begin = c;
    }
    new MatrixProduct(a, b, begin, c).run();
  }

  private static Matrix zeros(Matrix c) {
    Storage zeros = ZEROS[LaneType.of(c.storage()).ordinal()];
    return new Matrix(zeros, 0, c.rows(), c.columns(), 0, 0);
  }

  private static void copy(Matrix from, Matrix to) {
    Object target = LaneType.array(to.storage());
    for (int i = 0; i < to.rows(); i++) {
      int at = from.at() + i * from.rowStride();
      int place = to.at() + i * to.rowStride();
      if (from.hasUnitColumns()) {
        Packing.copy(from.storage(), at, target, place, to.columns());
      } else {
        for (int j = 0; j < to.columns(); j++) {
          to.storage().put(place + j, from.storage().at(at + j * from.columnStride()));
        }
      }
    }
  }

  private void run() {
    long work = (long) c.rows() * c.columns() * a.columns();
    int chunks = (int) Math.min(4L * Workers.threads(), work / CHUNK);
    if (chunks <= 1 || Workers.threads() == 1) {
      compute(0, c.rows(), 0, c.columns());
      return;
    }
    int panels = Math.ceilDiv(c.columns(), tiles.columns());
    int across = Math.min(across(chunks), panels);
    int down = Math.min(chunks / across, Math.ceilDiv(c.rows(), tiles.rows()));
    int width = Math.ceilDiv(panels, across) * tiles.columns();
    int height = Math.ceilDiv(Math.ceilDiv(c.rows(), down), tiles.rows()) * tiles.rows();
    int columns = Math.ceilDiv(c.columns(), width);
    Workers.forEach(
        columns * Math.ceilDiv(c.rows(), height),
        chunk -> {
          int i = chunk / columns * height;
          int j = chunk % columns * width;
          compute(i, Math.min(c.rows(), i + height), j, Math.min(c.columns(), j + width));
        });
  }

  /// As many chunks side by side as make the least to pack: no column is packed twice in one row of
  /// chunks, and no row in one column of them.
  private int across(int chunks) {
    if (!packsLeft(a, c.columns())) {
      return chunks;
    }
    return (int) Math.max(1, Math.round(Math.sqrt((double) chunks * c.columns() / c.rows())));
  }

  private void compute(int rowFrom, int rowTo, int columnFrom, int columnTo) {
    int inner = a.columns();
    int blocks = Math.max(1, Math.ceilDiv(inner, DEPTH));
    int depth = Math.ceilDiv(inner, blocks);
    int rest = (columnTo - columnFrom) % tiles.columns();
    int whole = rest % tiles.lanes() == 0 ? columnTo : columnTo - rest;
    for (int block = 0; block < blocks; block++) {
      int k = block * depth;
      int count = Math.min(depth, inner - k);
      Matrix left = a.columns(k, count);
      Matrix right = b.rows(k, count);
      Matrix begin = block == 0 ? start : c;
      for (int j = columnFrom; j < whole; j += COLUMNS) {
        strip(left, right, begin, rowFrom, rowTo, j, Math.min(COLUMNS, whole - j));
      }
      if (whole < columnTo) {
        strip(left, right, begin, rowFrom, rowTo, whole, columnTo - whole);
      }
    }
  }

  /// Some rows and up to a block of columns, with a block of the inner axis.
  private void strip(
      Matrix left, Matrix right, Matrix begin, int rowFrom, int rowTo, int j, int columns) {
    boolean ragged = columns % tiles.lanes() != 0;
    Matrix panels = right.columns(j, columns);
    int apart = tiles.columns();
    if (ragged || packsRight(panels, rowTo - rowFrom)) {
      Object buffer = buffer(0, COLUMNS * DEPTH);
      Packing.panels(panels, tiles.columns(), buffer);
      panels = new Matrix(storage(buffer), 0, right.rows(), columns, tiles.columns(), 1);
      apart = tiles.columns() * right.rows();
    }
    for (int i = rowFrom; i < rowTo; i += ROWS) {
      int rows = Math.min(ROWS, rowTo - i);
      Matrix band = left.rows(i, rows);
      int further = tiles.band() * band.rowStride();
      if (packsLeft(band, columns)) {
        Object buffer = buffer(1, (ROWS + tiles.band()) * DEPTH);
        Packing.panels(band.transposed(), tiles.band(), buffer);
        band = new Matrix(storage(buffer), 0, rows, band.columns(), 1, tiles.band());
        further = tiles.band() * band.columns();
      }
      Matrix from = begin.rows(i, rows).columns(j, columns);
      Matrix to = c.rows(i, rows).columns(j, columns);
      if (ragged) {
        Storage storage = storage(buffer(2, ROWS * tiles.columns()));
        Matrix aside = new Matrix(storage, 0, rows, columns, tiles.columns(), 1);
        if (begin.storage() != ZEROS[element.ordinal()]) {
          copy(from, aside);
          from = aside;
        }
        block(band, further, panels, apart, from, aside);
        copy(aside, to);
      } else {
        block(band, further, panels, apart, from, to);
      }
    }
  }

  private boolean packsRight(Matrix x, int readBy) {
    return x.columnStride() != 1 || x.rowStride() >= FAR && readBy > 4 * tiles.rows();
  }

  private boolean packsLeft(Matrix x, int readBy) {
    return x.columnStride() >= FAR && readBy > 2 * tiles.columns();
  }

  /// @param further how far apart the bands of rows of a tile begin
  /// @param apart how far apart the panels of columns begin
  private void block(Matrix x, int further, Matrix y, int apart, Matrix s, Matrix to) {
    Object left = LaneType.array(x.storage());
    Object right = LaneType.array(y.storage());
    Object from = LaneType.array(s.storage());
    Object result = LaneType.array(to.storage());
    int panel = 0;
    int together = tiles.band();
    for (int j = 0; j < to.columns(); j += tiles.columns()) {
      int width = Math.min(tiles.columns(), to.columns() - j);
      int vectors = Math.ceilDiv(width, tiles.lanes());
      for (int i = 0; i < to.rows(); i += tiles.rows()) {
        int height = Math.min(tiles.rows(), to.rows() - i);
        tiles
            .tile(height, vectors)
            .run(
                left,
                x.at() + i / together * further + i % together * x.rowStride(),
                x.rowStride(),
                x.columnStride(),
                right,
                y.at() + panel * apart,
                y.rowStride(),
                x.columns(),
                from,
                s.at() + i * s.rowStride() + j * s.columnStride(),
                s.rowStride(),
                result,
                to.at() + i * to.rowStride() + j,
                to.rowStride());
      }
      panel++;
    }
  }

  private Object buffer(int which, int length) {
    Object[] buffers = BUFFERS.get();
    int index = which + 3 * element.ordinal();
    if (buffers[index] == null) {
      buffers[index] = element.newArray(length);
    }
    return buffers[index];
  }

  private static Storage storage(Object array) {
    return array instanceof float[] floats
        ? new Storage.Floats(floats)
        : new Storage.Doubles((double[]) array);
  }
}
