package org.wengert;

import static org.wengert.OpCatalogue.add;
import static org.wengert.OpCatalogue.each;
import static org.wengert.OpCatalogue.s;

import java.util.List;
import org.wengert.tensor.Shape;
import org.wengert.tensor.Tensor;

/// The catalogue's operations that fold axes.
final class ReductionEntries {
  private ReductionEntries() {}

  static void list() {
    reductions();
    scans();
    choices();
  }

  private static void reductions() {
    List<List<Shape>> matrices =
        each(s(2, 3), s(1, 3), s(4, 1), s(1, 1), s(3, 2, 2), s(0, 3), s(3, 0));
    add(new Softmax(-1), matrices, Domain.REAL);
    add(new Softmax(0), matrices, Domain.REAL);
    add(new Softmax(1), matrices, Domain.REAL).refuses("axis 1 does not exist", s(3));
    add(new LogSoftmax(-1), matrices, Domain.REAL);
    add(new LogSoftmax(1), matrices, Domain.REAL).refuses("axis 1 does not exist", s(3));
    add(new Softmax(0), each(s(), s(1)), Domain.REAL);
    add(new LogSoftmax(0), each(s(), s(0, 2), s(3)), Domain.REAL);
    add(new LogSumExp(s(2, 1)), each(s(2, 3), s(3, 2, 2)), Domain.REAL)
        .refuses("shape (3, 3) does not fold to (2, 1)", s(3, 3));
    add(new LogSumExp(s()), each(s(), s(1), s(5)), Domain.REAL);
    add(new LogSumExp(s(0, 1)), each(s(0, 3), s(0, 0), s(2, 0, 3)), Domain.REAL);
    for (Op op : List.of(new Extreme(s(2, 1), false), new Extreme(s(2, 1), true))) {
      add(op, each(s(2, 3), s(3, 2, 2)), Domain.distinct(0))
          .refuses("no elements to compare", s(2, 0))
          .refuses("shape (3, 3) does not fold to (2, 1)", s(3, 3));
    }
    for (Op op : List.of(new Extreme(s(), false), new Extreme(s(), true))) {
      add(op, each(s(), s(1), s(5)), Domain.distinct(0));
    }
    for (Op op : List.of(new Extreme(s(0, 1), false), new Extreme(s(0, 1), true))) {
      add(op, each(s(0, 3), s(0, 0), s(2, 0, 3)), Domain.distinct(0));
    }
    LossReduction none = LossReduction.NONE;
    add(new CrossEntropy(Tensor.of(new int[0]), none), each(s(0, 3)), Domain.REAL);
    add(new CrossEntropy(Tensor.of(new int[] {0}), none), each(s(1, 1), s(1, 4)), Domain.REAL);
    add(new CrossEntropy(Tensor.of(2, 0, 0), LossReduction.SUM), each(s(3, 3)), Domain.REAL);
    add(new CrossEntropy(Tensor.of(2, 0, 0), LossReduction.MEAN), each(s(3, 3)), Domain.REAL);
    add(new CrossEntropy(Tensor.of(2, 0), none), each(s(2, 3)), Domain.REAL)
        .refuses("logits (3, 3) meet class indices (2)", s(3, 3))
        .refuses("index 2 is outside an axis of size 2", s(2, 2));
  }

  private static void scans() {
    List<List<Shape>> lines = each(s(4), s(1), s(2, 3), s(1, 2), s(0, 2), s(2, 0));
    add(new CumSum(0, false), lines, Domain.REAL).refuses("no axis to go along", s());
    add(new CumSum(-1, true), lines, Domain.REAL);
    add(new LogCumSumExp(0), lines, Domain.REAL).refuses("no axis to go along", s());
    add(new LogCumSumExp(-1), each(s(2, 3), s(2, 1)), Domain.REAL);
    List<List<Shape>> pairs =
        List.of(List.of(s(4), s(4)), List.of(s(4, 2), s(4, 2)), List.of(s(4, 0), s(4, 0)));
    add(Recurrence.along(0, 1, true), List.of(List.of(s(1), s(1))), Domain.REAL);
    add(Recurrence.along(0, 0, false), List.of(List.of(s(0, 2), s(0, 2))), Domain.REAL);
    add(Recurrence.along(0, 4, false), pairs, Domain.REAL)
        .refuses("factors of shape (4, 1) meet addends of shape (4)", s(4, 1), s(4))
        .refuses("along 4", s(3), s(3));
    Tensor starts = Tensor.of(true, false, true, false);
    add(new Recurrence(0, false, starts), pairs, Domain.REAL);
    Tensor ends = Tensor.of(true, false, true);
    add(new Recurrence(-1, true, ends), List.of(List.of(s(2, 3), s(2, 3))), Domain.REAL);
  }

  private static void choices() {
    List<List<Shape>> some = each(s(4), s(2, 3), s(3, 1));
    List<List<Shape>> lines = each(s(4), s(1), s(2, 3), s(3, 1), s(0), s(0, 2), s(2, 0));
    add(new Pick(2), some, Domain.distinct(0)).refuses("element 2 does not exist", s(2));
    add(new Pick(0), each(s(), s(1), s(2, 3)), Domain.distinct(0))
        .refuses("there must be an element to choose", s(2, 0))
        .never(0, "an element of none does not exist");
    add(new ArgExtreme(0, true), some, Domain.distinct(0)).refuses("is empty", s(0));
    add(new ArgExtreme(0, true), each(s(), s(1), s(2, 0)), Domain.distinct(0));
    add(new ArgSort(0, true), lines, Domain.distinct(0)).refuses("no axis to go along", s());
    add(new ArgSort(-1, false), lines, Domain.distinct(0));
    add(new CumulativeArgMax(0, true), lines, Domain.distinct(0))
        .refuses("no axis to go along", s());
    add(new CumulativeArgMax(-1, false), lines, Domain.distinct(0));
  }
}
