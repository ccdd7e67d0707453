package org.wengert;

import static org.wengert.OpCatalogue.add;
import static org.wengert.OpCatalogue.s;

import java.util.List;
import org.wengert.tensor.DType;
import org.wengert.tensor.Shape;
import org.wengert.tensor.Tensor;

/// The catalogue's functions of one or two numbers and comparisons.
final class PointwiseEntries {
  private PointwiseEntries() {}

  static void list() {
    functionsOfOneNumber();
    functionsOfTwoNumbers();
    comparisons();
  }

  private static void functionsOfOneNumber() {
    for (Elementary row : Elementary.values()) {
      pointwise(
          row,
          switch (row) {
            case ABS, CEIL, FLOOR, RELU, ROUND, SIGN ->
                Domain.between(-1.4, 1.4, -1, -0.5, 0, 0.5, 1);
            case ACOS, ASIN -> Domain.between(-0.8, 0.8);
            case LOG, RSQRT, SQRT, RECIPROCAL -> Domain.POSITIVE;
            case LOG1P -> Domain.between(-0.7, 3);
            case TAN -> Domain.between(-1.2, 1.2);
            case ATAN,
                COS,
                COSH,
                ERF,
                EXP,
                EXPM1,
                GELU,
                LOG_SIGMOID,
                NEG,
                SIGMOID,
                SILU,
                SIN,
                SINH,
                SOFTPLUS,
                SQUARE,
                TANH ->
                Domain.REAL;
          });
    }
    pointwise(new LeakyRelu(0.1), Domain.between(-2, 2, 0));
    pointwise(new Elu(0.7), Domain.between(-2, 2, 0));
    pointwise(new Clamp(-0.5, 1), Domain.between(-2, 2, -0.5, 1));
    pointwise(new Cast(DType.FLOAT64), Domain.REAL);
  }

  private static void pointwise(Op.Unary op, Domain domain) {
    add(
        op,
        List.of(
            List.of(s()),
            List.of(s(0)),
            List.of(s(1)),
            List.of(s(5)),
            List.of(s(2, 3)),
            List.of(s(2, 1, 3)),
            List.of(s(2, 0, 3))),
        domain);
  }

  private static void functionsOfTwoNumbers() {
    for (Arithmetic row : Arithmetic.values()) {
      List<Domain> domains =
          switch (row) {
            case ADD, MUL, SUB -> List.of(Domain.REAL);
            case DIV -> List.of(Domain.REAL, Domain.POSITIVE);
            case POW -> List.of(Domain.POSITIVE, Domain.REAL);
            case ATAN2 -> List.of(Domain.POSITIVE, Domain.REAL);
            case MAXIMUM, MINIMUM -> List.of(Domain.distinct(0), Domain.distinct(0.1));
          };
      add(row, pairs(), domains.toArray(new Domain[0]))
          .refuses("size 3 meets size 4 at axis -1", s(2, 3), s(2, 4))
          .refuses("size 2 meets size 3 at axis -2", s(2, 4), s(3, 4));
    }
    Tensor mask = Tensor.of(true, false, true);
    add(
            new Where(mask),
            List.of(List.of(s(3), s(3)), List.of(s(2, 3), s(3)), List.of(s(), s(2, 1))),
            Domain.REAL)
        .refuses("size 3 meets size 2", s(2), s(2));
  }

  private static void comparisons() {
    for (Compare row : Compare.values()) {
      add(row, pairs(), Domain.distinct(0), Domain.distinct(0.1))
          .refuses("size 3 meets size 4 at axis -1", s(2, 3), s(2, 4));
    }
    add(new ArgMax(-1), List.of(List.of(s()), List.of(s(4)), List.of(s(3, 2))), Domain.distinct(0))
        .refuses("the largest of no elements", s(3, 0))
        .refuses("axis -1 of shape (0) is empty", s(0));
  }

  /// Pairs of shapes that broadcast.
  static List<List<Shape>> pairs() {
    return List.of(
        List.of(s(), s()),
        List.of(s(3), s(3)),
        List.of(s(2, 3), s(3)),
        List.of(s(3), s(2, 3)),
        List.of(s(2, 3), s()),
        List.of(s(), s(2, 3)),
        List.of(s(2, 1), s(1, 3)),
        List.of(s(4, 1, 3), s(2, 1)),
        List.of(s(0), s(1)),
        List.of(s(2, 0), s(2, 1)),
        List.of(s(2, 2, 3), s(2, 2, 3)));
  }
}
