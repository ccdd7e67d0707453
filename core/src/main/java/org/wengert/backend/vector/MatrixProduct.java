package org.wengert.backend.vector;

import org.jspecify.annotations.Nullable;
import org.wengert.backend.Matrix;
import org.wengert.backend.Workers;
import org.wengert.backend.plain.Scratch;
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
  private static final int OFTEN = 48; // tiles that read a panel: packed, it costs less each time
  private static final long CHUNK = 1 << 19; // multiplications that are worth a helper's while

  // What a chain without a start begins with, by element: one row of a tile, again and again.
  private static final Storage[] ZEROS = {
    new Storage.Floats(new float[Tiles.of(LaneType.FLOAT).columns()]),
    new Storage.Doubles(new double[Tiles.of(LaneType.DOUBLE).columns()])
  };

  private static final Scratch BUFFERS = new Scratch(6);

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
    Cut panels = panels(right.columns(j, columns), ragged, rowTo - rowFrom);
    for (int i = rowFrom; i < rowTo; i += ROWS) {
      int rows = Math.min(ROWS, rowTo - i);
      Cut bands = bands(left.rows(i, rows), columns);
      Matrix from = begin.rows(i, rows).columns(j, columns);
      Matrix to = c.rows(i, rows).columns(j, columns);
      if (ragged) {
        aside(bands, panels, from, to);
      } else {
        block(bands, panels, from, to);
      }
    }
  }

  /// An operand as tiles read it.
  ///
  /// @param apart how far apart its panels of columns, or its bands of rows, begin
  private record Cut(Matrix matrix, int apart) {}

  private Cut panels(Matrix x, boolean ragged, int readBy) {
    if (!ragged && !packsRight(x, readBy)) {
      return new Cut(x, tiles.columns());
    }
    Object buffer = buffer(0, COLUMNS * DEPTH);
    Packing.panels(x, tiles.columns(), buffer);
    Matrix packed = new Matrix(storage(buffer), 0, x.rows(), x.columns(), tiles.columns(), 1);
    return new Cut(packed, tiles.columns() * x.rows());
  }

  private Cut bands(Matrix x, int readBy) {
    if (!packsLeft(x, readBy)) {
      return new Cut(x, tiles.band() * x.rowStride());
    }
    Object buffer = buffer(1, (ROWS + tiles.band()) * DEPTH);
    Packing.panels(x.transposed(), tiles.band(), buffer);
    Matrix packed = new Matrix(storage(buffer), 0, x.rows(), x.columns(), 1, tiles.band());
    return new Cut(packed, tiles.band() * x.columns());
  }

  /// Columns that fill no register go to a place that is wide enough.
  private void aside(Cut bands, Cut panels, Matrix from, Matrix to) {
    Storage storage = storage(buffer(2, ROWS * tiles.columns()));
    Matrix aside = new Matrix(storage, 0, to.rows(), to.columns(), tiles.columns(), 1);
    boolean fresh = from.storage() == ZEROS[element.ordinal()];
    if (!fresh) {
      copy(from, aside);
    }
    block(bands, panels, fresh ? from : aside, aside);
    copy(aside, to);
  }

  private boolean packsRight(Matrix x, int readBy) {
    int few = x.rowStride() >= FAR ? 4 : OFTEN - 1;
    return x.columnStride() != 1 || readBy > few * tiles.rows();
  }

  private boolean packsLeft(Matrix x, int readBy) {
    return x.columnStride() >= FAR && readBy > 2 * tiles.columns();
  }

  private void block(Cut bands, Cut panels, Matrix from, Matrix to) {
    int panel = panels.matrix.at();
    for (int j = 0; j < to.columns(); j += tiles.columns()) {
      panel(bands, panels.matrix, panel, from, to, j);
      panel += panels.apart;
    }
  }

  private void panel(Cut bands, Matrix y, int yAt, Matrix start, Matrix to, int j) {
    Matrix x = bands.matrix;
    Object left = LaneType.array(x.storage());
    Object right = LaneType.array(y.storage());
    Object from = LaneType.array(start.storage());
    Object result = LaneType.array(to.storage());
    int vectors = Math.ceilDiv(Math.min(tiles.columns(), to.columns() - j), tiles.lanes());
    for (int i = 0; i < to.rows(); i += tiles.rows()) {
      int band = i / tiles.band() * bands.apart + i % tiles.band() * x.rowStride();
      tiles
          .tile(Math.min(tiles.rows(), to.rows() - i), vectors)
          .run(
              left,
              x.at() + band,
              x.rowStride(),
              x.columnStride(),
              right,
              yAt,
              y.rowStride(),
              x.columns(),
              from,
              start.at() + i * start.rowStride() + j * start.columnStride(),
              start.rowStride(),
              result,
              to.at() + i * to.rowStride() + j,
              to.rowStride());
    }
  }

  private Object buffer(int which, int length) {
    Object[] buffers = BUFFERS.arrays();
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
