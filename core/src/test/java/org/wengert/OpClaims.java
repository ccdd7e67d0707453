package org.wengert;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;
import static org.wengert.Claims.assertClose;
import static org.wengert.Claims.constants;
import static org.wengert.Claims.differentiable;
import static org.wengert.Claims.forEachSample;
import static org.wengert.Claims.leaves;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.wengert.OpCatalogue.Bad;
import org.wengert.OpCatalogue.Entry;
import org.wengert.check.GradCheck;
import org.wengert.check.GradReport;
import org.wengert.tensor.DType;
import org.wengert.tensor.Rng;
import org.wengert.tensor.Shape;
import org.wengert.tensor.ShapeException;
import org.wengert.tensor.Tensor;
import org.wengert.tensor.WengertException;

/// What every operation of the library promises, generated from [OpCatalogue].
class OpClaims {
  private static final int SAMPLES = 3;
  private static final double SKIPPED_AT_MOST = 0.05;
  private static final double[] SPECIAL = {
    0,
    -0.0,
    1,
    -1,
    1e-30,
    -1e30,
    1e30,
    Double.NaN,
    Double.POSITIVE_INFINITY,
    Double.NEGATIVE_INFINITY
  };

  private static final double[] HUGE = {0, -0.0, 1, -1, 1e-30, -1e30, 1e30};
  private static final double[] EXTREME = {0, -0.0, 1, -1, 1e-200, -1e200, 1e200};

  private static final AtomicInteger CHECKED = new AtomicInteger();
  private static final AtomicInteger UNDECIDED = new AtomicInteger();

  @AfterAll
  static void countWhatWasChecked() {
    System.out.printf(
        "Catalogue: %d operations, %d differentiable; %d gradients checked, %d undecided;"
            + " %d calls, %d with an operand of no element, %d with one of a single element%n",
        OpCatalogue.entries().stream().map(Entry::toString).distinct().count(),
        OpCatalogue.entries().stream()
            .filter(e -> e.op().isDifferentiable())
            .map(Entry::toString)
            .distinct()
            .count(),
        CHECKED.get(),
        UNDECIDED.get(),
        calls(x -> true),
        calls(x -> x.count() == 0),
        calls(x -> x.count() == 1));
  }

  private static long calls(Predicate<Shape> operand) {
    return OpCatalogue.entries().stream()
        .flatMap(entry -> entry.shapes().stream())
        .filter(operands -> operands.stream().anyMatch(operand))
        .count();
  }

  @TestFactory
  Stream<DynamicTest> givesThePromisedShape() {
    return forEachSample(
        (entry, xs) -> {
          List<Shape> shapes = xs.stream().map(Tensor::shape).toList();
          assertEquals(entry.infer(shapes), entry.apply(leaves(xs)).shape());
        });
  }

  @TestFactory
  Stream<DynamicTest> hasTheGradientThatDifferencesGive() {
    return differentiable(
        entry ->
            checkGradients(entry, (check, xs) -> check.firstOrder(entry::apply, xs, List.of())));
  }

  @TestFactory
  Stream<DynamicTest> hasTheSecondGradientThatDifferencesGive() {
    return differentiable(
        entry ->
            checkGradients(entry, (check, xs) -> check.secondOrder(entry::apply, xs, List.of())));
  }

  /// A check of a gradient at a point.
  private interface Order {
    GradReport at(GradCheck check, List<Tensor> xs);
  }

  private static void checkGradients(Entry entry, Order order) {
    int samples = 0;
    int skipped = 0;
    for (List<Shape> shapes : entry.shapes()) {
      for (int sample = 0; sample < SAMPLES; sample++) {
        List<Tensor> xs = entry.sample(shapes, new Rng(sample));
        GradReport report = order.at(GradCheck.defaults().seeded(sample), xs);
        assertFalse(
            report.verdict() == GradReport.Verdict.WRONG, () -> entry + " " + shapes + report);
        samples++;
        skipped += report.verdict() == GradReport.Verdict.CORRECT ? 0 : 1;
      }
    }
    CHECKED.addAndGet(samples);
    UNDECIDED.addAndGet(skipped);
    assertTrue(
        skipped <= SKIPPED_AT_MOST * samples,
        skipped + " of " + samples + " samples of " + entry + " are undecided");
  }

  @TestFactory
  Stream<DynamicTest> readsStridedOperandsLikeDenseOnes() {
    return forEachSample(
        (entry, xs) -> {
          Tensor dense = entry.apply(constants(xs)).value();
          Tensor strided =
              entry.apply(constants(xs.stream().map(OpClaims::strided).toList())).value();
          assertClose(dense, strided, 1e-14);
        });
  }

  /// The same numbers in a storage with gaps, and the axes stored in reverse.
  private static Tensor strided(Tensor x) {
    Shape wide = x.shape().insert(-1, 2);
    int[] order = new int[wide.rank()];
    Arrays.setAll(order, axis -> wide.rank() - 1 - axis);
    Tensor reversed = x.reshape(x.shape().insert(-1, 1)).expand(wide).permute(order).copy();
    return reversed.permute(order).slice(-1, 1, 2, 1).reshape(x.shape());
  }

  /// Zeros of both signs, tiny and huge numbers, infinities and NaN give a result of the promised
  /// shape, or an error of the library that says why not; in float32 the same as
  /// in float64 but for rounding.
  @TestFactory
  Stream<DynamicTest> takesSpecialValues() {
    return forEachSample(
        (entry, xs) -> {
          List<Shape> shapes = xs.stream().map(Tensor::shape).toList();
          List<Tensor> special = new ArrayList<>();
          for (Tensor x : xs) {
            double[] values = new double[x.count()];
            Arrays.setAll(values, i -> SPECIAL[(i * 3 + special.size()) % SPECIAL.length]);
            special.add(Tensor.of(values).reshape(x.shape()));
          }
          Tensor wide;
          try {
            wide = entry.apply(constants(special)).value();
          } catch (WengertException refused) {
            assertFalse(refused.getMessage().isBlank());
            return;
          }
          assertEquals(entry.infer(shapes), wide.shape());
          List<Tensor> floats = special.stream().map(x -> x.to(DType.FLOAT32)).toList();
          if (entry.op() instanceof Op.Pointwise) {
            Tensor exact =
                entry
                    .apply(constants(floats.stream().map(x -> x.to(DType.FLOAT64)).toList()))
                    .value();
            Tensor narrow = entry.apply(constants(floats)).value();
            assertWithinUlps(exact.toDoubleArray(), narrow.toDoubleArray());
          }
        });
  }

  /// Infinities, zeros and their signs alike, and numbers but for a few roundings to `float`.
  private static void assertWithinUlps(double[] exact, double[] narrow) {
    for (int i = 0; i < exact.length; i++) {
      float rounded = (float) exact[i];
      boolean isSame = Double.compare(rounded, narrow[i]) == 0;
      double error = Math.abs(exact[i] - narrow[i]);
      assertTrue(isSame || error <= 3 * Math.ulp(rounded), exact[i] + " " + narrow[i]);
    }
  }

  /// Where operands and result are finite, zeros of both signs, tiny and huge numbers included, a
  /// gradient may be infinite, but it is a number; and where it is finite, so is its own gradient.
  /// Exceptions are listed in the catalogue, and each of them must occur.
  @TestFactory
  Stream<DynamicTest> givesFiniteNumbersAGradientThatIsANumber() {
    return differentiable(
        entry -> {
          boolean occurs = entry.undefined().isEmpty();
          boolean pointwise =
              entry.op() instanceof Op.Pointwise || entry.op() instanceof Op.Pointwise2;
          for (List<Shape> shapes : entry.shapes()) {
            boolean sums = !pointwise || shapes.stream().distinct().count() > 1;
            double[] numbers = sums ? HUGE : EXTREME;
            int rounds = shapes.size() == 1 ? numbers.length : numbers.length * numbers.length;
            for (int round = 0; round < rounds; round++) {
              List<Tensor> xs = finite(numbers, shapes, round);
              boolean listed = entry.undefined().stream().anyMatch(where -> where.test(xs));
              boolean undefined = undefinedAt(entry, xs);
              assertTrue(listed || !undefined, () -> "a gradient is NaN at " + xs);
              occurs |= undefined;
            }
          }
          assertTrue(occurs, "no gradient is NaN, though the catalogue says so");
        });
  }

  /// All pairs of numbers, if there are two operands, come together in the rounds.
  private static List<Tensor> finite(double[] numbers, List<Shape> shapes, int round) {
    List<Tensor> operands = new ArrayList<>();
    for (Shape shape : shapes) {
      int start = operands.isEmpty() ? round : round / numbers.length + operands.size();
      int step = operands.isEmpty() ? 3 : 1;
      double[] values = new double[shape.count()];
      Arrays.setAll(values, i -> numbers[(start + i * step) % numbers.length]);
      operands.add(Tensor.of(values).reshape(shape));
    }
    return operands;
  }

  /// Whether a finite result has a gradient that is no number, or that gradient, if finite, one.
  private static boolean undefinedAt(Entry entry, List<Tensor> xs) {
    List<Leaf> leaves = leaves(xs);
    try {
      List<Variable> ys = List.of(entry.apply(leaves));
      List<Variable> first = gradients(ys, leaves);
      return allFinite(ys)
          && (anyNaN(first) || allFinite(first) && anyNaN(gradients(first, leaves)));
    } catch (WengertException refused) {
      return false;
    }
  }

  /// The gradients of all results that depend on the operands.
  private static List<Variable> gradients(List<Variable> ys, List<Leaf> xs) {
    List<Variable> gradients = new ArrayList<>();
    for (Variable y : ys) {
      if (y.requiresGrad()) {
        Autograd.grad(y, xs, F.onesLike(y)).stream()
            .filter(Objects::nonNull)
            .forEach(gradients::add);
      }
    }
    return gradients;
  }

  private static boolean allFinite(List<Variable> xs) {
    return xs.stream().allMatch(x -> F.all(F.isFinite(x)).item() != 0);
  }

  private static boolean anyNaN(List<Variable> xs) {
    return xs.stream().anyMatch(x -> F.any(F.isNaN(x)).item() != 0);
  }

  @TestFactory
  Stream<DynamicTest> givesTheSameBitsAgain() {
    return forEachSample(
        (entry, xs) ->
            assertTrue(
                entry.apply(constants(xs)).value().sameBits(entry.apply(constants(xs)).value())));
  }

  @TestFactory
  Stream<DynamicTest> computesFloatsLikeRoundedDoubles() {
    return forEachSample(
        (entry, xs) -> {
          List<Tensor> floats = xs.stream().map(x -> x.to(DType.FLOAT32)).toList();
          List<Tensor> rounded = floats.stream().map(x -> x.to(DType.FLOAT64)).toList();
          Tensor expected = entry.apply(constants(rounded)).value();
          assertClose(expected, entry.apply(constants(floats)).value(), 2e-6);
        });
  }

  @TestFactory
  Stream<DynamicTest> refusesOperandsThatDoNotFit() {
    return OpCatalogue.entries().stream()
        .flatMap(entry -> entry.bad().stream().map(bad -> refuses(entry, bad)));
  }

  private static DynamicTest refuses(Entry entry, Bad bad) {
    return dynamicTest(
        entry + " " + bad.operands(),
        () -> {
          Rng random = new Rng(1);
          List<Leaf> leaves =
              leaves(bad.operands().stream().map(x -> Domain.REAL.sample(x, random)).toList());
          leaves.getFirst().named("first");
          String text = assertThrows(ShapeException.class, () -> entry.apply(leaves)).getMessage();
          assertTrue(text.contains(bad.message()), text);
          assertTrue(text.startsWith(entry.op().label() + ": "), text);
          assertTrue(text.contains("input 0  first  " + bad.operands().getFirst()), text);
          assertTrue(text.contains("hint: "), text);
        });
  }

  @TestFactory
  Stream<DynamicTest> refusesAGradientWhereThereIsNone() {
    return OpCatalogue.entries().stream()
        .filter(entry -> !entry.op().isDifferentiable())
        .map(
            entry ->
                dynamicTest(
                    entry.toString(),
                    () -> {
                      List<Tensor> xs = entry.sample(entry.shapes().getFirst(), new Rng(1));
                      Variable y = entry.apply(leaves(xs));
                      assertFalse(y.requiresGrad());
                      assertThrows(GradientException.class, () -> y.backward());
                    }));
  }
}
