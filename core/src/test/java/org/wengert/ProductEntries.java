package org.wengert;

import static org.wengert.OpCatalogue.add;
import static org.wengert.OpCatalogue.s;

import java.util.List;

/// The catalogue's products of matrices.
final class ProductEntries {
  private ProductEntries() {}

  static void list() {
    products();
    linear();
  }

  private static void linear() {
    add(
            new Linear(),
            List.of(
                List.of(s(2, 3), s(4, 3), s(4)),
                List.of(s(3), s(2, 3), s(2)),
                List.of(s(1, 1), s(1, 1)),
                List.of(s(2, 0), s(3, 0), s(3)),
                List.of(s(0, 2), s(3, 2), s(3)),
                List.of(s(2, 1, 2, 3), s(2, 3))),
            Domain.REAL)
        .refuses("3 features meet a weight for 2", s(2, 3), s(4, 2))
        .refuses("the weight (out, in)", s(), s(4, 2))
        .refuses("a bias (3) for 4 outputs", s(2, 3), s(4, 3), s(3));
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
