package org.wengert;

import static org.wengert.OpCatalogue.add;
import static org.wengert.OpCatalogue.each;
import static org.wengert.OpCatalogue.s;

import java.util.List;
import java.util.function.Predicate;
import org.wengert.tensor.Shape;
import org.wengert.tensor.Tensor;

/// The catalogue's determinants, inverses and decompositions.
final class LinearAlgebraEntries {
  private static final List<List<Shape>> SQUARE =
      List.of(
          List.of(s(1, 1)),
          List.of(s(3, 3)),
          List.of(s(2, 2, 2)),
          List.of(s(0, 0)),
          List.of(s(0, 2, 2)));
  private static final List<List<Shape>> ANY =
      List.of(
          List.of(s(1, 1)),
          List.of(s(2, 3)),
          List.of(s(4, 2)),
          List.of(s(2, 3, 3)),
          List.of(s(0, 3)));

  private LinearAlgebraEntries() {}

  static void list() {
    squares();
    systems();
    decompositions();
  }

  private static void squares() {
    for (Op op : List.of(new Det(), new DetSign(), new LogAbsDet(), new Inverse())) {
      add(op, SQUARE, Domain.REGULAR).refuses("2 rows meet 3 columns", s(2, 3));
    }
    for (Op op : List.of(new Cholesky(), new Eigenvalues(), new Eigenvectors())) {
      add(op, SQUARE, Domain.REGULAR)
          .refuses("2 rows meet 3 columns", s(2, 3))
          .refuses("only square matrices", s(4, 2, 3));
    }
  }

  private static void systems() {
    List<List<Shape>> systems =
        List.of(
            List.of(s(1, 1), s(1, 1)),
            List.of(s(1, 1), s(1, 2)),
            List.of(s(3, 3), s(3, 1)),
            List.of(s(2, 1, 2, 2), s(3, 2, 2)),
            List.of(s(0, 0), s(0, 2)),
            List.of(s(2, 2), s(2, 0)));
    for (Op op : List.of(new Solve(), new SolveTriangular(true), new SolveTriangular(false))) {
      add(op, systems, Domain.REGULAR, Domain.REAL)
          .refuses("2 rows meet 3 columns", s(2, 3), s(2, 1))
          .refuses("2 unknowns meet a right side of shape (3, 1)", s(2, 2), s(3, 1))
          .refuses("size 2 meets size 3 at axis -1", s(2, 2, 2), s(3, 2, 2));
    }
  }

  private static void decompositions() {
    List<List<Shape>> high =
        each(s(1, 1), s(3, 3), s(4, 2), s(2, 3, 1), s(0, 0), s(3, 0), s(0, 2, 2));
    for (boolean complete : List.of(false, true)) {
      add(new OrthogonalFactor(complete), high, Domain.REGULAR)
          .refuses("3 columns cannot be orthogonal in 2 rows", s(2, 3))
          .undefined(dependentColumns -> true);
    }
    Predicate<List<Tensor>> equalSingularValues = xs -> true;
    add(new SingularValues(), ANY, Domain.REGULAR)
        .refuses("matri", s(3))
        .undefined(equalSingularValues);
    add(new SingularVectors(), ANY, Domain.REGULAR)
        .refuses("matri", s(3))
        .undefined(equalSingularValues);
    add(new Pinverse(1e-12), ANY, Domain.REGULAR).refuses("matri", s(3));
  }
}
