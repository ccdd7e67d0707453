package org.wengert;

import static org.wengert.OpCatalogue.add;
import static org.wengert.OpCatalogue.each;
import static org.wengert.OpCatalogue.s;

import java.util.List;
import org.wengert.OpCatalogue.Entry;
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
      pointwise(row, domain(row));
    }
    pointwise(new Cast(DType.FLOAT64), Domain.REAL);
    pointwise(new Clamp(-0.5, 1), Domain.between(-2, 2, -0.5, 1));
    pointwise(new Elu(0.7, 1.3, 0.9), Domain.between(-2, 2, 0));
    pointwise(new Hardshrink(0.6), Domain.between(-2, 2, -0.6, 0.6));
    pointwise(new Hardtanh(-0.5, 1), Domain.between(-2, 2, -0.5, 1));
    pointwise(new LeakyRelu(0.1), Domain.between(-2, 2, 0));
    pointwise(new NanToNum(0, 1, -1), Domain.REAL);
    pointwise(new Polygamma(1), Domain.between(0.5, 4));
    pointwise(new Polygamma(2), Domain.between(-0.8, -0.2));
    for (double exponent : new double[] {-2, -1, -0.5, 0, 0.5, 1, 2, 2.5, 3}) {
      pointwise(new Power(exponent), Domain.POSITIVE);
    }
    pointwise(new SincDerivative(1), Domain.REAL);
    pointwise(new SincDerivative(2), Domain.REAL);
    pointwise(new Softplus(1.5, 1.2), Domain.between(-2, 2, 0.8));
    pointwise(new Softshrink(0.6), Domain.between(-2, 2, -0.6, 0.6));
    pointwise(new Threshold(0.4, -1), Domain.between(-2, 2, 0.4));
  }

  private static Domain domain(Elementary row) {
    return switch (row) {
      case ABS, CEIL, FLOOR, RELU, ROUND, SIGN, TRUNC ->
          Domain.between(-1.4, 1.4, -1, -0.5, 0, 0.5, 1);
      case ACOS, ASIN, ATANH, ERFINV -> Domain.between(-0.8, 0.8);
      case ACOSH -> Domain.between(1.2, 3);
      case DIGAMMA, LGAMMA -> Domain.between(0.3, 4);
      case HARDSIGMOID, HARDSWISH -> Domain.between(-4, 4, -3, 3);
      case LOG, LOG10, LOG2, RSQRT, SQRT, RECIPROCAL -> Domain.POSITIVE;
      case LOG1P -> Domain.between(-0.7, 3);
      case LOGIT -> Domain.between(0.1, 0.9);
      case TAN -> Domain.between(-1.2, 1.2);
      case ASINH,
          ATAN,
          COS,
          COSH,
          ERF,
          ERFC,
          EXP,
          EXP2,
          EXPM1,
          GELU,
          GELU_TANH,
          LOG_SIGMOID,
          MISH,
          NEG,
          SIGMOID,
          SILU,
          SIN,
          SINC,
          SINH,
          SQUARE,
          TANH ->
          Domain.REAL;
    };
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
            case ADD, LOG_ADD_EXP, LOG_ADD_EXP2, MUL, SUB -> List.of(Domain.REAL);
            case COPY_SIGN -> List.of(Domain.between(-2, 2, 0));
            case FLOOR_DIVIDE, FMOD, REMAINDER, TRUNCATE_DIVIDE ->
                List.of(Domain.between(-5.9, -5), Domain.between(2.1, 2.4));
            case XLOGY -> List.of(Domain.REAL, Domain.POSITIVE);
            case DIV -> List.of(Domain.REAL, Domain.POSITIVE);
            case POW -> List.of(Domain.POSITIVE, Domain.REAL);
            case ATAN2, HYPOT -> List.of(Domain.POSITIVE, Domain.REAL);
            case FMAX, FMIN, MAXIMUM, MINIMUM -> List.of(Domain.distinct(0), Domain.distinct(0.1));
          };
      Entry entry =
          add(row, pairs(), domains.toArray(new Domain[0]))
              .refuses("size 3 meets size 4 at axis -1", s(2, 3), s(2, 4))
              .refuses("size 2 meets size 3 at axis -2", s(2, 4), s(3, 4));
      switch (row) {
        case HYPOT, XLOGY -> entry.undefined((a, b) -> a == 0 && b == 0);
        case POW -> entry.undefined((a, b) -> a < 0);
        default -> {}
      }
    }
    Tensor mask = Tensor.of(true, false, true);
    add(
            new Where(mask),
            List.of(
                List.of(s(3), s(3)),
                List.of(s(2, 3), s(3)),
                List.of(s(), s(2, 1)),
                List.of(s(2, 3), s())),
            Domain.REAL)
        .refuses("size 3 meets size 2", s(2), s(2));
    add(
        new Where(Tensor.of(new boolean[0])),
        List.of(List.of(s(0), s(0)), List.of(s(2, 1), s(0))),
        Domain.REAL);
  }

  private static void comparisons() {
    for (Compare row : Compare.values()) {
      add(row, pairs(), Domain.distinct(0), Domain.distinct(0.1))
          .refuses("size 3 meets size 4 at axis -1", s(2, 3), s(2, 4));
    }
    add(new ArgExtreme(-1, false), each(s(), s(4), s(3, 2), s(0, 2)), Domain.distinct(0))
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
        List.of(s(1), s(0)),
        List.of(s(2, 0), s(2, 1)),
        List.of(s(2, 2, 3), s(2, 2, 3)));
  }
}
