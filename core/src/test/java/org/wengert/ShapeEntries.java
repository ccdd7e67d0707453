package org.wengert;

import static org.wengert.OpCatalogue.add;
import static org.wengert.OpCatalogue.each;
import static org.wengert.OpCatalogue.s;

import java.util.List;
import org.wengert.backend.Reduction;
import org.wengert.tensor.IndexRange;
import org.wengert.tensor.Tensor;

/// The catalogue's operations that move elements.
final class ShapeEntries {
  private ShapeEntries() {}

  static void list() {
    linearMaps();
    joined();
    indexed();
  }

  private static void linearMaps() {
    add(new Reshape(s(3, 2)), each(s(2, 3), s(6), s(1, 6, 1)), Domain.REAL)
        .refuses("5 elements do not fill shape (3, 2)", s(5));
    add(new Clone(), each(s(2, 3), s(), s(1, 1), s(0, 3)), Domain.REAL);
    add(new Reshape(s()), each(s(), s(1), s(1, 1)), Domain.REAL);
    add(new Reshape(s(0, 2)), each(s(0), s(3, 0), s(2, 0, 4)), Domain.REAL);
    add(Permute.of(2, 0, -2), each(s(2, 3, 4), s(1, 1, 1), s(0, 3, 1)), Domain.REAL)
        .refuses("no order of the 2 axes", s(2, 3));
    add(new Expand(s(2, 3)), each(s(), s(3), s(2, 1), s(2, 3)), Domain.REAL)
        .refuses("shape (2) does not expand to (2, 3)", s(2));
    add(new Expand(s(2, 0)), each(s(), s(0), s(2, 1), s(1, 0)), Domain.REAL);
    add(new SumTo(s(2, 1)), each(s(2, 3), s(4, 2, 5), s(2, 0)), Domain.REAL)
        .refuses("shape (3, 3) does not fold to (2, 1)", s(3, 3));
    add(new SumTo(s()), each(s(), s(70), s(2, 3), s(0)), Domain.REAL);
    add(new Slice(1, -3, 9, 2), each(s(2, 4), s(1, 1), s(2, 1, 3), s(3, 0)), Domain.REAL)
        .refuses("axis 1 does not exist", s(4));
    add(new Embed(0, new IndexRange(1, 2, 2), s(5, 2)), each(s(2, 2)), Domain.REAL)
        .refuses("does not fit into 2 places", s(3, 2));
    add(new Embed(-1, new IndexRange(1, 1, 2), s(3)), each(s(1)), Domain.REAL);
    add(new Embed(0, new IndexRange(1, 0, 2), s(5, 2)), each(s(0, 2)), Domain.REAL);
  }

  private static void joined() {
    add(
            new Cat(-1),
            List.of(
                List.of(s(2, 2), s(2, 3), s(2, 1), s(2, 0)),
                List.of(s(4)),
                List.of(s(1), s(2)),
                List.of(s(0), s(1))),
            Domain.REAL)
        .refuses("does not continue", s(2, 2), s(3, 2))
        .refuses("scalars have no axis", s(), s());
    Embed all = new Embed(0, new IndexRange(0, 1, 1), s(1));
    Embed none = new Embed(0, new IndexRange(0, 0, 1), s(0));
    add(new AddParts(List.of(all)), List.of(List.of(s(1), s(1))), Domain.REAL);
    add(new AddParts(List.of(none)), List.of(List.of(s(0), s(0))), Domain.REAL);
    Embed front = new Embed(0, new IndexRange(0, 2, 1), s(3, 2));
    Embed sides = new Embed(1, new IndexRange(0, 1, 1), s(3, 2));
    add(
            new AddParts(List.of(front, sides, front)),
            List.of(List.of(s(3, 2), s(2, 2), s(3, 1), s(2, 2))),
            Domain.REAL)
        .refuses("parts of (3, 2) are added to (3, 3)", s(3, 3), s(2, 2), s(3, 1), s(2, 2));
  }

  private static void indexed() {
    Tensor index = Tensor.of(2, 0, 2, 1).reshape(2, 2);
    Tensor zeros = Tensor.of(0, 0, 0);
    Tensor none = Tensor.of(new int[0]).reshape(0, 2);
    add(new Gather(0, index), each(s(3, 2), s(4, 3)), Domain.REAL)
        .refuses("do not fit shape (3, 1)", s(3, 1));
    add(new Gather(0, zeros), each(s(1), s(2)), Domain.REAL);
    add(new Gather(0, none), each(s(0, 2), s(3, 2)), Domain.REAL);
    add(new ScatterAdd(1, index, s(2, 3)), each(s(2, 2)), Domain.REAL)
        .refuses("values of shape (3, 2) meet indices of shape (2, 2)", s(3, 2));
    add(new ScatterAdd(0, Tensor.of(new int[] {1}), s(3)), each(s(1)), Domain.REAL);
    add(new ScatterAdd(0, none, s(3, 2)), each(s(0, 2)), Domain.REAL);
    add(
        new ScatterExtreme(Reduction.MAX, 0, Tensor.of(new int[] {0}), true),
        List.of(List.of(s(1), s(1)), List.of(s(3), s(1))),
        Domain.distinct(0),
        Domain.distinct(0.1));
    add(
        new ScatterExtreme(Reduction.MIN, 0, none, false),
        List.of(List.of(s(0, 2), s(0, 2)), List.of(s(3, 2), s(0, 2))),
        Domain.distinct(0),
        Domain.distinct(0.1));
    add(
            new ScatterExtreme(Reduction.MAX, 0, index, true),
            List.of(List.of(s(3, 2), s(2, 2)), List.of(s(4, 3), s(2, 2))),
            Domain.distinct(0),
            Domain.distinct(0.1))
        .refuses("values of shape (2, 3) meet indices of shape (2, 2)", s(3, 2), s(2, 3))
        .refuses("do not fit shape (3, 1)", s(3, 1), s(2, 2));
    add(
        new ScatterExtreme(Reduction.MIN, 1, index, false),
        List.of(List.of(s(2, 3), s(2, 2))),
        Domain.distinct(0),
        Domain.distinct(0.1));
  }
}
