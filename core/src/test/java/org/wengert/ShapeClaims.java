package org.wengert;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;
import static org.wengert.Claims.assertClose;
import static org.wengert.Claims.leaves;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.wengert.Twins.Family;
import org.wengert.tensor.DType;
import org.wengert.tensor.Rng;
import org.wengert.tensor.Tensor;

/// What every operation promises on operands of any rank and however they are stored: the bits
/// that it gives for the same numbers laid out plainly, in value, gradient and tangent. Together
/// with the differences of [OpClaims], this is what makes every shape right.
class ShapeClaims {
  private static final double ROUNDING = 1e-14;
  private static final double FLOAT_ROUNDING = 1e-6;
  private static final int FEW = 200;

  private static final AtomicInteger CALLS = new AtomicInteger();
  private static final AtomicInteger VIEWS = new AtomicInteger();

  @AfterAll
  static void countWhatWasChecked() {
    System.out.printf(
        "Catalogue shapes: %d calls on ranks 0 to 5 like their plain twins,"
            + " %d on views like on dense operands%n",
        CALLS.get(), VIEWS.get());
  }

  @TestFactory
  Stream<DynamicTest> givesOnAnyRankWhatItGivesOnPlainOperands() {
    return forEach(
        family -> {
          double tolerance = family.sums() ? ROUNDING : 0;
          for (Twin twin : family.twins()) {
            List<Tensor> xs = sample(twin);
            Outcome actual = Outcome.of(twin, twin.entry()::apply, xs, x -> x);
            assertEquals(twin.entry().infer(twin.operands()), actual.value().shape());
            Outcome plain = Outcome.of(twin, twin.plain(), xs, x -> x);
            actual.assertLike(plain, tolerance, tolerance, twin::toString);
            CALLS.incrementAndGet();
          }
        });
  }

  /// All views in both floating types, or, where the twins are so many, one after the other.
  @TestFactory
  Stream<DynamicTest> givesOnViewsWhatItGivesOnDenseOperands() {
    return forEach(
        family -> {
          int number = 0;
          for (Twin twin : family.twins()) {
            List<List<Tensor>> views = views(twin, DType.FLOAT64);
            views.addAll(views(twin, DType.FLOAT32));
            boolean all = family.twins().size() <= FEW;
            int from = all ? 0 : number++ % views.size();
            for (List<Tensor> view : views.subList(from, all ? views.size() : from + 1)) {
              compare(twin, view, family.sums());
            }
          }
        });
  }

  private static void compare(Twin twin, List<Tensor> view, boolean sums) {
    List<Tensor> copies = view.stream().map(Tensor::copy).toList();
    Outcome dense = Outcome.of(twin, twin.entry()::apply, copies, x -> x);
    Outcome actual = Outcome.of(twin, twin.entry()::apply, view, Shapes::reversed);
    double slack = view.getFirst().dtype() == DType.FLOAT32 ? FLOAT_ROUNDING : ROUNDING;
    actual.assertLike(dense, sums ? slack : 0, slack, twin::toString);
    VIEWS.incrementAndGet();
  }

  private static List<Tensor> sample(Twin twin) {
    return twin.entry().sample(twin.operands(), new Rng(31));
  }

  /// The axes stored in reverse; with gaps, too; each axis one line again and again.
  private static List<List<Tensor>> views(Twin twin, DType type) {
    List<Tensor> xs = sample(twin).stream().map(x -> x.to(type)).toList();
    List<List<Tensor>> views = new ArrayList<>();
    views.add(xs.stream().map(Shapes::reversed).toList());
    views.add(xs.stream().map(Shapes::strided).toList());
    int most = xs.stream().mapToInt(Tensor::rank).max().orElseThrow() - twin.core();
    for (int axis = 0; axis < most; axis++) {
      int repeated = axis;
      views.add(
          xs.stream()
              .map(
                  x ->
                      repeated < x.rank() - twin.core() && x.size(repeated) > 1
                          ? Shapes.repeated(x, repeated)
                          : x)
              .toList());
    }
    return views;
  }

  private static Stream<DynamicTest> forEach(Consumer<Family> claim) {
    return Twins.families().stream()
        .map(family -> dynamicTest(family.op().toString(), () -> claim.accept(family)));
  }

  /// A value, and if there are any, the gradients for a random cotangent and the tangent along
  /// random directions.
  private record Outcome(Tensor value, List<Tensor> derivatives) {
    /// @param layout how cotangent and directions are stored
    static Outcome of(
        Twin twin,
        Function<List<Variable>, Variable> f,
        List<Tensor> xs,
        UnaryOperator<Tensor> layout) {
      List<Leaf> leaves = leaves(xs);
      Variable y = f.apply(List.copyOf(leaves));
      List<Tensor> derivatives = new ArrayList<>();
      if (twin.entry().op().isDifferentiable()) {
        Rng random = new Rng(37);
        Variable v = normal(y, random, layout);
        Autograd.grad(y, leaves, v).forEach(gradient -> derivatives.add(gradient.value()));
        List<Variable> us = new ArrayList<>();
        leaves.forEach(x -> us.add(normal(x, random, layout)));
        derivatives.add(Forward.tangent(y, leaves, us).value());
      }
      return new Outcome(y.value(), derivatives);
    }

    private static Variable normal(Variable like, Rng random, UnaryOperator<Tensor> layout) {
      Tensor normal = Tensor.randn(like.shape(), like.dtype(), random);
      return Variable.constant(layout.apply(normal));
    }

    /// @param tolerance of the value, relative
    /// @param slack of the derivatives, relative
    void assertLike(Outcome expected, double tolerance, double slack, Supplier<String> call) {
      assertLike(expected.value, value, tolerance, call);
      for (int i = 0; i < derivatives.size(); i++) {
        assertLike(expected.derivatives.get(i), derivatives.get(i), slack, call);
      }
    }

    private static void assertLike(
        Tensor expected, Tensor actual, double tolerance, Supplier<String> call) {
      if (tolerance == 0) {
        assertTrue(actual.sameBits(expected), () -> call.get() + expected + actual);
      } else {
        assertClose(expected, actual, tolerance);
      }
    }
  }
}
