package org.wengert;

import static org.wengert.OpCatalogue.add;
import static org.wengert.OpCatalogue.s;

import java.util.List;
import org.wengert.tensor.Shape;
import org.wengert.tensor.Tensor;

/// The catalogue's operations that fold axes.
final class ReductionEntries {
  private ReductionEntries() {}

  static void list() {
    reductions();
  }

  private static void reductions() {
    List<List<Shape>> matrices =
        List.of(List.of(s(2, 3)), List.of(s(1, 3)), List.of(s(4, 1)), List.of(s(3, 2, 2)));
    add(new Softmax(-1), matrices, Domain.REAL);
    add(new Softmax(0), matrices, Domain.REAL);
    add(new LogSoftmax(-1), matrices, Domain.REAL);
    add(new LogSoftmax(0), List.of(List.of(s()), List.of(s(0, 2)), List.of(s(3))), Domain.REAL);
    add(new LogSumExp(s(2, 1)), List.of(List.of(s(2, 3)), List.of(s(3, 2, 2))), Domain.REAL)
        .refuses("shape (3, 3) does not fold to (2, 1)", s(3, 3));
    add(new AMax(s(2, 1)), List.of(List.of(s(2, 3)), List.of(s(3, 2, 2))), Domain.distinct(0))
        .refuses("no elements to compare", s(2, 0))
        .refuses("shape (3, 3) does not fold to (2, 1)", s(3, 3));
    add(new CrossEntropy(Tensor.of(2, 0)), List.of(List.of(s(2, 3))), Domain.REAL)
        .refuses("logits (3, 3) meet class indices (2)", s(3, 3))
        .refuses("index 2 is outside an axis of size 2", s(2, 2));
  }
}
