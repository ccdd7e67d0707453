package org.wengert;

import static org.wengert.OpCatalogue.add;
import static org.wengert.OpCatalogue.s;

import java.util.List;

/// The catalogue's products of matrices.
final class ProductEntries {
  private ProductEntries() {}

  static void list() {
    products();
  }

  private static void products() {
    add(
            new MatMul(),
            List.of(
                List.of(s(2, 3), s(3, 4)),
                List.of(s(1, 1), s(1, 1)),
                List.of(s(2, 0), s(0, 3)),
                List.of(s(5, 2, 3), s(3, 2)),
                List.of(s(2, 1, 2, 9), s(3, 9, 2))),
            Domain.REAL)
        .refuses("3 columns on the left meet 2 rows on the right", s(2, 3), s(2, 3))
        .refuses("transpose the right operand", s(2, 3), s(2, 3))
        .refuses("size 2 meets size 3 at axis -1", s(2, 2, 2), s(3, 2, 2));
  }
}
