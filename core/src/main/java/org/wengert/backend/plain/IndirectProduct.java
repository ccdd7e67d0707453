package org.wengert.backend.plain;

/// Matrix products of operands that lie scattered in larger arrays: the one loop under all
/// convolutions, where "scattered" means that windows overlap and nothing is copied out of them.
///
/// Element `(i, j)` is `Σ a[aAt + rowPlaces[rowsAt + i] + aPlaces[k]] b[bAt + bPlaces[k] + j]`, a
/// chain of `fma` in the order of `k`. Arrays are `float[]` or `double[]`.
public interface IndirectProduct {
  /// What widths are multiples of.
  int LANES = 16;

  /// Computes the product.
  ///
  /// @param rows the number of rows: 1, 6 or 8
  /// @param depth how many places of `a` and `b` meet
  /// @param c row `i` begins at `cAt + i cRow`
  /// @param width the number of columns, a multiple of [#LANES]
  /// @param fresh whether the chains begin at 0 and not at what `c` holds
  void run(
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
      boolean fresh);

  /// Writes rows as columns: `to[toAt + i pitch + r] = from[at + r step + i]`. Columns from `rows`
  /// up to a multiple of [#LANES] may get any value.
  ///
  /// @param count how long the rows are
  /// @param pitch at least that multiple
  void transpose(
      Object from, int at, int step, int rows, int count, Object to, int toAt, int pitch);

  /// `to[toAt + r toStep + i] = from[at + r step + i]` for `r` below `rows` and `i` below `count`.
  void copyRows(
      Object from, int at, int step, Object to, int toAt, int toStep, int rows, int count);

  /// `to[toAt + i] = from[at + 2 i]`.
  void everySecond(Object from, int at, Object to, int toAt, int count);

  /// `to[toAt + i] = from[at + 2 i]` and `to[otherAt + i] = from[at + 2 i + 1]`.
  void split(Object from, int at, Object to, int toAt, int otherAt, int count);

  /// `to[toAt + 2 i] = from[at + i]` and `to[toAt + 2 i + 1] = from[otherAt + i]`.
  void interleave(Object from, int at, int otherAt, Object to, int toAt, int count);
}
