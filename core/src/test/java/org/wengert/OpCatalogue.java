package org.wengert;

import java.util.ArrayList;
import java.util.List;
import org.wengert.tensor.DType;
import org.wengert.tensor.IndexRange;
import org.wengert.tensor.Rng;
import org.wengert.tensor.Shape;
import org.wengert.tensor.Tensor;

/// Every operation of the library once: how to call it, and on which operands, away from kinks and
/// poles. From a line here follow all claims of [OpClaims]; an operation without a line fails.
final class OpCatalogue {
  private static final List<Entry> ENTRIES = new ArrayList<>();

  private OpCatalogue() {}

  /// An operation on operands of given shapes.
  ///
  /// @param op the operation
  /// @param shapes one list of operand shapes for each way to call it
  /// @param domains where the operands may lie
  /// @param bad operand shapes that must be refused, with a part of the message
  record Entry(Op op, List<List<Shape>> shapes, List<Domain> domains, List<Bad> bad) {
    Variable apply(List<? extends Variable> xs) {
      return switch (op) {
        case Op.Unary unary -> unary.apply(xs.getFirst());
        case Op.Binary binary -> binary.apply(xs.get(0), xs.get(1));
        case Op.Nary nary -> nary.apply(xs.toArray(new Variable[0]));
        default -> throw new AssertionError("an operation of no known arity: " + op);
      };
    }

    Shape infer(List<Shape> xs) {
      return switch (op) {
        case Op.Unary unary -> unary.infer(xs.getFirst());
        case Op.Binary binary -> binary.infer(xs.get(0), xs.get(1));
        case Op.Nary nary -> nary.infer(xs);
        default -> throw new AssertionError("an operation of no known arity: " + op);
      };
    }

    List<Tensor> sample(List<Shape> operands, Rng random) {
      List<Tensor> sample = new ArrayList<>();
      for (int i = 0; i < operands.size(); i++) {
        Domain domain = domains.get(Math.min(i, domains.size() - 1));
        sample.add(domain.sample(operands.get(i), random));
      }
      return sample;
    }

    /// Adds operand shapes that must be refused with a message that contains `text`.
    Entry refuses(String text, Shape... operands) {
      bad.add(new Bad(List.of(operands), text));
      return this;
    }

    @Override
    public String toString() {
      String type = op.getClass().getSimpleName();
      return op instanceof Enum<?>
          ? op.label()
          : type.substring(0, 1).toLowerCase() + type.substring(1);
    }
  }

  /// Operand shapes that do not fit, and what the message must say.
  record Bad(List<Shape> operands, String message) {}

  static List<Entry> entries() {
    return List.copyOf(ENTRIES);
  }

  static {
    functionsOfOneNumber();
    functionsOfTwoNumbers();
    comparisons();
    linearMaps();
    reductions();
    products();
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

  /// Pairs of shapes that broadcast.
  private static List<List<Shape>> pairs() {
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

  private static void comparisons() {
    for (Compare row : Compare.values()) {
      add(row, pairs(), Domain.distinct(0), Domain.distinct(0.1))
          .refuses("size 3 meets size 4 at axis -1", s(2, 3), s(2, 4));
    }
    add(new ArgMax(-1), List.of(List.of(s()), List.of(s(4)), List.of(s(3, 2))), Domain.distinct(0))
        .refuses("the largest of no elements", s(3, 0))
        .refuses("axis -1 of shape (0) is empty", s(0));
  }

  private static void linearMaps() {
    add(
            new Reshape(s(3, 2)),
            List.of(List.of(s(2, 3)), List.of(s(6)), List.of(s(1, 6, 1))),
            Domain.REAL)
        .refuses("5 elements do not fill shape (3, 2)", s(5));
    add(Permute.of(2, 0, -2), List.of(List.of(s(2, 3, 4)), List.of(s(0, 3, 1))), Domain.REAL)
        .refuses("no order of the 2 axes", s(2, 3));
    add(
            new Expand(s(2, 3)),
            List.of(List.of(s()), List.of(s(3)), List.of(s(2, 1)), List.of(s(2, 3))),
            Domain.REAL)
        .refuses("shape (2) does not expand to (2, 3)", s(2));
    add(
            new SumTo(s(2, 1)),
            List.of(List.of(s(2, 3)), List.of(s(4, 2, 5)), List.of(s(2, 0))),
            Domain.REAL)
        .refuses("shape (3, 3) does not fold to (2, 1)", s(3, 3));
    add(
        new SumTo(s()),
        List.of(List.of(s()), List.of(s(70)), List.of(s(2, 3)), List.of(s(0))),
        Domain.REAL);
    add(
            new Slice(1, -3, 9, 2),
            List.of(List.of(s(2, 4)), List.of(s(2, 1, 3)), List.of(s(3, 0))),
            Domain.REAL)
        .refuses("axis 1 does not exist", s(4));
    add(new Embed(0, new IndexRange(1, 2, 2), s(5, 2)), List.of(List.of(s(2, 2))), Domain.REAL)
        .refuses("does not fit into 2 places", s(3, 2));
    Tensor index = Tensor.of(2, 0, 2, 1).reshape(2, 2);
    add(new Gather(0, index), List.of(List.of(s(3, 2)), List.of(s(4, 3))), Domain.REAL)
        .refuses("do not fit shape (3, 1)", s(3, 1));
    add(new ScatterAdd(1, index, s(2, 3)), List.of(List.of(s(2, 2))), Domain.REAL)
        .refuses("values of shape (3, 2) meet indices of shape (2, 2)", s(3, 2));
    add(new Concat(-1), List.of(List.of(s(2, 1), s(2, 3), s(2, 0)), List.of(s(4))), Domain.REAL)
        .refuses("does not continue", s(2, 2), s(3, 2))
        .refuses("scalars have no axis", s(), s());
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

  private static Entry add(Op op, List<List<Shape>> shapes, Domain... domains) {
    Entry entry = new Entry(op, shapes, List.of(domains), new ArrayList<>());
    ENTRIES.add(entry);
    return entry;
  }

  private static Shape s(int... sizes) {
    return Shape.of(sizes);
  }
}
