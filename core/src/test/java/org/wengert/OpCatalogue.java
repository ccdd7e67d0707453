package org.wengert;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiPredicate;
import java.util.function.Predicate;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
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
  /// @param never numbers of elements that no operand can have, and why
  /// @param undefined the finite operands with a finite result that have a gradient of `NaN`
  record Entry(
      Op op,
      List<List<Shape>> shapes,
      List<Domain> domains,
      List<Bad> bad,
      SortedMap<Integer, String> never,
      List<Predicate<List<Tensor>>> undefined) {
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

    /// Says why no operand can have this number of elements.
    Entry never(int elements, String reason) {
      never.put(elements, reason);
      return this;
    }

    /// Says at which finite operands with a finite result a gradient is `NaN`.
    Entry undefined(Predicate<List<Tensor>> where) {
      undefined.add(where);
      return this;
    }

    /// The same for a function of two numbers.
    Entry undefined(BiPredicate<Double, Double> where) {
      return undefined(
          xs ->
              DoubleStream.of(xs.get(0).toDoubleArray())
                  .anyMatch(
                      a ->
                          DoubleStream.of(xs.get(1).toDoubleArray())
                              .anyMatch(b -> where.test(a, b))));
    }

    @Override
    public String toString() {
      return op.label();
    }
  }

  /// Operand shapes that do not fit, and what the message must say.
  record Bad(List<Shape> operands, String message) {}

  static List<Entry> entries() {
    return List.copyOf(ENTRIES);
  }

  static {
    PointwiseEntries.list();
    ShapeEntries.list();
    ReductionEntries.list();
    ProductEntries.list();
    LinearAlgebraEntries.list();
    NetworkEntries.list();
    SequenceEntries.list();
  }

  static Entry add(Op op, List<List<Shape>> shapes, Domain... domains) {
    Entry entry =
        new Entry(
            op, shapes, List.of(domains), new ArrayList<>(), new TreeMap<>(), new ArrayList<>());
    ENTRIES.add(entry);
    return entry;
  }

  /// One operand shape for each way to call an operation.
  static List<List<Shape>> each(Shape... operands) {
    return Stream.of(operands).map(List::of).toList();
  }

  static Shape s(int... sizes) {
    return Shape.of(sizes);
  }
}
