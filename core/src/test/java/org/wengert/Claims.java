package org.wengert;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.wengert.OpCatalogue.Entry;
import org.wengert.tensor.DType;
import org.wengert.tensor.Rng;
import org.wengert.tensor.Shape;
import org.wengert.tensor.Tensor;

/// How claims are made on every operation of [OpCatalogue], and how numbers are compared in them.
final class Claims {
  private Claims() {}

  /// The claim for every operation, on a sample for each way to call it.
  static Stream<DynamicTest> forEachSample(BiConsumer<Entry, List<Tensor>> claim) {
    return forEach(OpCatalogue.entries().stream(), entry -> onSamples(entry, claim));
  }

  /// The claim for every operation with a gradient, on a sample for each way to call it.
  static Stream<DynamicTest> forEachGradient(BiConsumer<Entry, List<Tensor>> claim) {
    return differentiable(entry -> onSamples(entry, claim));
  }

  private static void onSamples(Entry entry, BiConsumer<Entry, List<Tensor>> claim) {
    entry.shapes().forEach(s -> claim.accept(entry, entry.sample(s, new Rng(11))));
  }

  static Stream<DynamicTest> differentiable(Consumer<Entry> claim) {
    return forEach(OpCatalogue.entries().stream().filter(e -> e.op().isDifferentiable()), claim);
  }

  private static Stream<DynamicTest> forEach(Stream<Entry> entries, Consumer<Entry> claim) {
    return entries.map(entry -> dynamicTest(entry.toString(), () -> claim.accept(entry)));
  }

  static List<Leaf> leaves(List<Tensor> xs) {
    List<Leaf> leaves = new ArrayList<>();
    xs.forEach(x -> leaves.add(Variable.of(x)));
    return leaves;
  }

  static List<Variable> constants(List<Tensor> xs) {
    return xs.stream().map(x -> (Variable) Variable.constant(x)).toList();
  }

  static Variable normal(Shape shape, Rng random) {
    return Variable.constant(Tensor.randn(shape, DType.FLOAT64, random));
  }

  static List<Variable> normal(List<? extends Variable> like, Rng random) {
    return like.stream().map(x -> normal(x.shape(), random)).toList();
  }

  /// The largest magnitude, 0 if there is no element.
  static double norm(Variable x) {
    return DoubleStream.of(x.value().toDoubleArray()).map(Math::abs).max().orElse(0);
  }

  static double norm(List<Variable> xs) {
    return xs.stream().mapToDouble(Claims::norm).max().orElse(0);
  }

  /// Elements differ by at most `relative`, relative to themselves where they are larger than 1.
  static void assertClose(Tensor expected, Tensor actual, double relative) {
    assertEquals(expected.shape(), actual.shape());
    double[] want = expected.toDoubleArray();
    double[] have = actual.toDoubleArray();
    for (int i = 0; i < want.length; i++) {
      assertEquals(want[i], have[i], relative * Math.max(1, Math.abs(want[i])));
    }
  }

  /// Elements differ by at most `absolute`.
  static void assertNear(List<Variable> expected, List<Variable> actual, double absolute) {
    for (int i = 0; i < expected.size(); i++) {
      assertEquals(expected.get(i).shape(), actual.get(i).shape());
      double[] want = expected.get(i).value().toDoubleArray();
      double[] have = actual.get(i).value().toDoubleArray();
      for (int e = 0; e < want.length; e++) {
        assertEquals(want[e], have[e], absolute, "operand " + i + " element " + e);
      }
    }
  }

  /// `Σ a b`, and `Σ |a b|`, to which its rounding error is relative.
  record Dot(double sum, double magnitude) {
    static Dot of(List<? extends Variable> as, List<? extends Variable> bs) {
      double sum = 0;
      double magnitude = 0;
      for (int i = 0; i < as.size(); i++) {
        Variable product = as.get(i).mul(bs.get(i));
        sum += product.sum().item();
        magnitude += F.abs(product).sum().item();
      }
      return new Dot(sum, magnitude);
    }

    void assertEqual(Dot other, double relative) {
      assertEquals(sum, other.sum, relative * Math.max(magnitude, other.magnitude));
    }
  }
}
