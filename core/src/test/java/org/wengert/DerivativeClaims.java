package org.wengert;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.wengert.Claims.assertClose;
import static org.wengert.Claims.assertNear;
import static org.wengert.Claims.forEachGradient;
import static org.wengert.Claims.forEachSample;
import static org.wengert.Claims.leaves;
import static org.wengert.Claims.norm;
import static org.wengert.Claims.normal;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.wengert.Claims.Dot;
import org.wengert.OpCatalogue.Entry;
import org.wengert.tensor.DType;
import org.wengert.tensor.Rng;
import org.wengert.tensor.Tensor;

/// What the derivatives of every operation promise as linear maps, generated from [OpCatalogue]:
/// equations that hold to rounding, where [OpClaims] compares with differences.
class DerivativeClaims {
  private static final double STEP = 1e-3;

  private static final AtomicInteger MAPS = new AtomicInteger();
  private static final AtomicInteger HESSIANS = new AtomicInteger();
  private static final AtomicInteger CURVED = new AtomicInteger();

  @AfterAll
  static void countWhatWasChecked() {
    System.out.printf(
        "Catalogue derivatives: %d Jacobians linear and transposed, %d Hessians symmetric,"
            + " of which %d not zero%n",
        MAPS.get(), HESSIANS.get(), CURVED.get());
  }

  @TestFactory
  Stream<DynamicTest> agreesInForwardAndReverseMode() {
    return forEachGradient(
        (entry, xs) -> {
          Rng random = new Rng(3);
          List<Leaf> leaves = leaves(xs);
          Variable y = entry.apply(leaves);
          List<Variable> us = normal(leaves, random);
          Variable v = normal(y.shape(), random);
          Dot reverse = Dot.of(Autograd.grad(y, leaves, v), us);
          Dot forward = Dot.of(List.of(Forward.tangent(y, leaves, us)), List.of(v));
          reverse.assertEqual(forward, 1e-12);
        });
  }

  @TestFactory
  Stream<DynamicTest> hasATangentThatIsTheTransposeOfItsGradient() {
    return forEachSample(
        (entry, xs) -> {
          if (entry.apply(leaves(xs)) instanceof Step step) {
            for (int i = 0; i < step.inputCount(); i++) {
              Variable dx = normal(step.input(i).shape(), new Rng(5));
              Variable own = step.op().tangent(i, dx, step).expand(step.shape());
              Variable transposed = Forward.transposed(step.op(), i, dx, step);
              assertClose(transposed.value(), own.value(), 1e-12);
            }
          }
        });
  }

  @TestFactory
  Stream<DynamicTest> givesEveryOperandAGradientOfItsOwnShapeAndType() {
    return forEachGradient(
        (entry, xs) -> {
          for (DType type : List.of(DType.FLOAT32, DType.FLOAT64)) {
            List<Leaf> leaves = leaves(xs.stream().map(x -> x.to(type)).toList());
            Variable y = entry.apply(leaves);
            y.backward(Tensor.full(y.shape(), 1, y.dtype()));
            for (Leaf leaf : leaves) {
              Tensor grad = leaf.grad();
              assertNotNull(grad);
              assertEquals(leaf.shape(), grad.shape());
              assertEquals(type, grad.dtype());
            }
          }
        });
  }

  @TestFactory
  Stream<DynamicTest> givesFloatsTheGradientsOfRoundedDoubles() {
    return forEachGradient(
        (entry, xs) -> {
          List<Tensor> floats = xs.stream().map(x -> x.to(DType.FLOAT32)).toList();
          List<Leaf> narrow = leaves(floats);
          List<Leaf> wide = leaves(floats.stream().map(x -> x.to(DType.FLOAT64)).toList());
          Variable y = entry.apply(narrow);
          Variable cotangent = normal(y.shape(), new Rng(23)).to(DType.FLOAT32).to(y.dtype());
          List<Variable> expected =
              Autograd.grad(entry.apply(wide), wide, cotangent.to(DType.FLOAT64));
          double scale = 1 + norm(expected);
          assertNear(expected, Autograd.grad(y, narrow, cotangent), 1e-5 * scale);
        });
  }

  @TestFactory
  Stream<DynamicTest> satisfiesTheAdjointIdentity() {
    return forEachSample(
        (entry, xs) -> {
          if (entry.op() instanceof Op.Linear map) {
            Variable x = Variable.constant(xs.getFirst());
            Variable y = map.apply(x);
            Variable u = normal(y.shape(), new Rng(7));
            Op.Linear adjoint = map.adjoint(x.shape());
            Dot there = Dot.of(List.of(y), List.of(u));
            there.assertEqual(Dot.of(List.of(x), List.of(adjoint.apply(u))), 1e-12);
            assertClose(y.value(), adjoint.adjoint(y.shape()).apply(x).value(), 0);
          }
        });
  }

  @TestFactory
  Stream<DynamicTest> hasAGradientThatIsLinearInTheCotangent() {
    return forEachGradient(
        (entry, xs) -> {
          Rng random = new Rng(13);
          List<Leaf> leaves = leaves(xs);
          Variable y = entry.apply(leaves);
          Variable v = normal(y.shape(), random).mul(0.7);
          Variable w = normal(y.shape(), random).mul(-1.3);
          List<Variable> first = Autograd.grad(y, leaves, v);
          List<Variable> second = Autograd.grad(y, leaves, w);
          List<Variable> sum =
              IntStream.range(0, xs.size()).mapToObj(i -> first.get(i).add(second.get(i))).toList();
          double scale = norm(first) + norm(second);
          assertNear(sum, Autograd.grad(y, leaves, v.add(w)), 1e-12 * scale);
          MAPS.incrementAndGet();
        });
  }

  @TestFactory
  Stream<DynamicTest> givesExactlyZeroForACotangentOfZeros() {
    return forEachGradient(
        (entry, xs) -> {
          List<Leaf> leaves = leaves(xs);
          Variable y = entry.apply(leaves);
          for (Variable gradient : Autograd.grad(y, leaves, F.zerosLike(y))) {
            assertEquals(0, norm(gradient), gradient::toString);
          }
          assertEquals(0, norm(Forward.tangent(y, leaves, zeros(leaves))));
        });
  }

  /// Forward over reverse, reverse over reverse and differences of gradients give the same, so the
  /// Hessian is its own transpose in this direction, element by element.
  @TestFactory
  Stream<DynamicTest> hasAHessianWhoseProductsAreDifferencesOfGradients() {
    return forEachGradient(
        (entry, xs) -> {
          Rng random = new Rng(17);
          Curvature at = Curvature.of(entry, xs, random);
          List<Variable> u = normal(at.xs, random);
          List<Variable> forward = at.along(u);
          double scale = at.scale(forward);
          assertNear(forward, at.pulled(u), 1e-10 * scale);
          List<Variable> differences = differences(entry, xs, u, at.cotangent);
          assertNear(differences, forward, 1e-5 * scale + 1e-9 * norm(at.gradients()));
          HESSIANS.incrementAndGet();
          CURVED.addAndGet(norm(forward) > 1e-9 ? 1 : 0);
        });
  }

  @TestFactory
  Stream<DynamicTest> hasASymmetricHessian() {
    return forEachGradient(
        (entry, xs) -> {
          Rng random = new Rng(19);
          Curvature at = Curvature.of(entry, xs, random);
          List<Variable> u = normal(at.xs, random);
          List<Variable> v = normal(at.xs, random);
          List<Variable> hu = at.pulled(u);
          List<Variable> hv = at.pulled(v);
          double magnitude = Math.max(at.scale(hu) * sum(v), at.scale(hv) * sum(u));
          assertEquals(Dot.of(v, hu).sum(), Dot.of(u, hv).sum(), 1e-10 * magnitude);
        });
  }

  /// The Hessian of `⟨cotangent, f⟩` with respect to all operands at once, by its products.
  private record Curvature(List<Leaf> xs, List<Variable> gradients, Variable cotangent) {
    static Curvature of(Entry entry, List<Tensor> at, Rng random) {
      List<Leaf> xs = leaves(at);
      Variable y = entry.apply(xs);
      Variable cotangent = normal(y.shape(), random);
      return new Curvature(xs, Autograd.grad(y, xs, cotangent), cotangent);
    }

    /// What errors of a product are relative to; a product that is 0 because its terms cancel is
    /// as exact as a thousandth of the gradient.
    double scale(List<Variable> product) {
      return norm(product) + 1e-3 * norm(gradients);
    }

    /// `H u`, forward over reverse.
    List<Variable> along(List<Variable> u) {
      return gradients.stream().map(gradient -> Forward.tangent(gradient, xs, u)).toList();
    }

    /// `uᵀ H`, reverse over reverse.
    List<Variable> pulled(List<Variable> u) {
      Variable sum = Variable.constant(0.0);
      for (int i = 0; i < u.size(); i++) {
        sum = sum.add(gradients.get(i).mul(u.get(i)).sum());
      }
      List<Variable> products = zeros(xs);
      if (sum.requiresGrad()) {
        List<Variable> found = Autograd.grad(sum, xs, Variable.constant(1.0));
        for (int i = 0; i < found.size(); i++) {
          products.set(i, found.get(i) == null ? products.get(i) : found.get(i));
        }
      }
      return products;
    }
  }

  private static double sum(List<Variable> xs) {
    return xs.stream().mapToDouble(x -> F.abs(x).sum().item()).sum();
  }

  private static List<Variable> zeros(List<? extends Variable> like) {
    List<Variable> zeros = new ArrayList<>();
    like.forEach(x -> zeros.add(F.zerosLike(x)));
    return zeros;
  }

  /// The derivative of the gradients along `u`, by 5-point central differences.
  private static List<Variable> differences(
      Entry entry, List<Tensor> xs, List<Variable> u, Variable cotangent) {
    List<List<Variable>> at = new ArrayList<>();
    for (int k : new int[] {-2, -1, 1, 2}) {
      List<Leaf> moved = new ArrayList<>();
      for (int i = 0; i < xs.size(); i++) {
        Variable x = Variable.constant(xs.get(i)).add(u.get(i).mul(k * STEP));
        moved.add(Variable.of(x.value()));
      }
      at.add(Autograd.grad(entry.apply(moved), moved, cotangent));
    }
    List<Variable> differences = new ArrayList<>();
    for (int i = 0; i < xs.size(); i++) {
      Variable near = at.get(2).get(i).sub(at.get(1).get(i));
      Variable far = at.get(3).get(i).sub(at.get(0).get(i));
      differences.add(near.mul(8).sub(far).div(12 * STEP));
    }
    return differences;
  }
}
