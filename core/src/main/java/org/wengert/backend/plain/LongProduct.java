package org.wengert.backend.plain;

import org.jspecify.annotations.Nullable;
import org.wengert.backend.Matrix;
import org.wengert.tensor.Shape;
import org.wengert.tensor.Tensor;

/// A product with a long inner axis as the sum of products with shorter ones: what is added to a
/// long chain of `fma` is rounded to the digits of a large sum, and the ends of the numbers are
/// lost.
///
/// The inner axis is cut by its length alone. The first part goes on from `start`, each further one
/// begins at 0 and is added, in order.
///
/// @param product what computes the parts
/// @param most how many elements may be computed before they are added
record LongProduct(Product product, int most) {
  /// The most products in one chain.
  static final int CHAIN = 4096;

  /// A product of matrices in one chain for each element.
  @FunctionalInterface
  interface Product {
    /// `c = start + a b`; without `start` from 0.
    void compute(Matrix a, Matrix b, @Nullable Matrix start, Matrix c);
  }

  /// `c = start + a b`; without `start` from 0. For an inner axis longer than [#CHAIN].
  void multiply(Matrix a, Matrix b, @Nullable Matrix start, Matrix c) {
    int width = Math.min(c.columns(), most);
    int height = Math.min(c.rows(), most / Math.max(1, width));
    if (width == 0 || height == 0) {
      return;
    }
    Matrix aside = Matrix.of(Tensor.empty(Shape.of(height, width), c.dtype()));
    for (int i = 0; i < c.rows(); i += height) {
      int rows = Math.min(height, c.rows() - i);
      for (int j = 0; j < c.columns(); j += width) {
        int columns = Math.min(width, c.columns() - j);
        Matrix begin = start == null ? null : start.rows(i, rows).columns(j, columns);
        Matrix part = aside.rows(0, rows).columns(0, columns);
        sum(
            a.rows(i, rows),
            b.columns(j, columns),
            begin,
            c.rows(i, rows).columns(j, columns),
            part);
      }
    }
  }

  private void sum(Matrix a, Matrix b, @Nullable Matrix start, Matrix c, Matrix part) {
    product.compute(a.columns(0, CHAIN), b.rows(0, CHAIN), start, c);
    for (int k = CHAIN; k < a.columns(); k += CHAIN) {
      int count = Math.min(CHAIN, a.columns() - k);
      product.compute(a.columns(k, count), b.rows(k, count), null, part);
      add(part, c);
    }
  }

  private static void add(Matrix part, Matrix c) {
    Panels panels = Panels.of(c.dtype());
    Object from = panels.array(part.storage());
    Object to = panels.array(c.storage());
    for (int i = 0; i < c.rows(); i++) {
      int at = part.at() + i * part.rowStride();
      panels.add(from, at, to, c.at() + i * c.rowStride(), c.columnStride(), c.columns());
    }
  }
}
