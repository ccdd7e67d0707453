package org.wengert;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.function.BinaryOperator;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.wengert.tensor.Tensor;

/// Derivatives where a function has none: the value at each kink, tie and pole, as in libtorch.
class ConventionsTest {
  private static double slope(UnaryOperator<Variable> f, double at) {
    Leaf x = Variable.of(at);
    return Autograd.grad(f.apply(x), x).item();
  }

  /// Adding 0 makes -0.0 a plain 0.
  private static double[] slopes(UnaryOperator<Variable> f, double... at) {
    Leaf x = Variable.of(at);
    return Autograd.grad(f.apply(x).sum(), x).add(0.0).value().toDoubleArray();
  }

  private static void assertSlopes(
      BinaryOperator<Variable> f, double a, double b, double byA, double byB) {
    Leaf left = Variable.of(a);
    Leaf right = Variable.of(b);
    List<Variable> gradients = Autograd.grad(f.apply(left, right), List.of(left, right));
    assertEquals(byA, gradients.get(0).item());
    assertEquals(byB, gradients.get(1).item());
  }

  @Test
  void aKinkAtZeroHasTheSlopeThatTheDocumentationNames() {
    assertEquals(0, slope(F::relu, 0));
    assertEquals(0, slope(F::abs, 0));
    assertEquals(0.1, slope(x -> F.leakyRelu(x, 0.1), 0));
    assertEquals(0.7, slope(x -> F.elu(x, 0.7), 0));
    assertEquals(0, slope(F::sign, 0));
  }

  @Test
  void clampHasSlopeOneAtItsBounds() {
    double[] slopes = slopes(x -> F.clamp(x, -1, 2), -1.5, -1, 0, 2, 2.5);
    assertArrayEquals(new double[] {0, 1, 1, 1, 0}, slopes);
  }

  @Test
  void aTieOfTwoOperandsHalvesTheGradient() {
    assertSlopes(F::maximum, 2, 2, 0.5, 0.5);
    assertSlopes(F::minimum, 2, 2, 0.5, 0.5);
    assertSlopes(F::maximum, 3, 2, 1, 0);
    assertSlopes(F::minimum, 3, 2, 0, 1);
    Leaf x = Variable.of(2.0);
    assertEquals(1, Autograd.grad(F.maximum(x, x), x).item());
  }

  @Test
  void tiesOfAmaxShareTheGradientEvenly() {
    assertArrayEquals(new double[] {0.5, 0, 0.5}, slopes(x -> F.amax(x, false), 3, 1, 3));
    assertArrayEquals(
        new double[] {0.25, 0.25, 0.25, 0.25}, slopes(x -> F.amin(x, false), 1, 1, 1, 1));
  }

  @Test
  void tiesOfMaxAlongAnAxisGiveAllToTheFirst() {
    assertArrayEquals(new double[] {0, 1, 0}, slopes(x -> F.max(x, 0, false).values(), 1, 3, 3));
    assertArrayEquals(new double[] {1, 0, 0}, slopes(x -> F.min(x, 0, false).values(), 1, 1, 3));
  }

  @Test
  void aRootHasInfiniteSlopeAtZero() {
    assertEquals(Double.POSITIVE_INFINITY, slope(Variable::sqrt, 0));
  }

  @Test
  void theNormOfTheZeroVectorHasDerivativesZeroInEveryOrder() {
    for (double p : new double[] {1, 1.5, 2, 3, Double.POSITIVE_INFINITY, -1}) {
      Leaf x = Variable.of(0, 0);
      assertArrayEquals(new double[2], slopes(y -> F.norm(y, p, false), 0, 0), "p = " + p);
      Variable hessian = Autograd.hessian(y -> F.norm(y, p, false), x);
      assertArrayEquals(new double[4], hessian.add(0.0).value().toDoubleArray(), "p = " + p);
    }
    assertEquals(0, Autograd.hessian(y -> F.std(y, 1, false), Variable.of(2, 2)).value().at(0, 0));
  }

  @Test
  void zeroToTheZeroIsOneWithGradientsZero() {
    assertEquals(1, Variable.of(0.0).pow(Variable.of(0.0)).item());
    assertSlopes(Variable::pow, 0, 0, 0, 0);
    assertSlopes(Variable::pow, 0, 2, 0, 0);
    assertSlopes(Variable::pow, 0, 1, 1, 0);
    assertEquals(0, slope(x -> x.pow(2), 0));
  }

  @Test
  void theAngleOfTheOriginHasGradientZero() {
    assertSlopes(F::atan2, 0, 0, 0, 0);
  }

  @Test
  void theBranchNotTakenGetsExactlyZeroWhateverItHolds() {
    for (double bad : new double[] {Double.NaN, Double.POSITIVE_INFINITY, 1e308}) {
      Leaf a = Variable.of(1, bad);
      Leaf b = Variable.of(bad, 2);
      Variable condition = Variable.constant(Tensor.of(true, false));
      F.where(condition, a, b).square().sum().backward();
      assertArrayEquals(new double[] {2, 0}, a.grad().toDoubleArray());
      assertArrayEquals(new double[] {0, 4}, b.grad().toDoubleArray());
    }
  }

  @Test
  void anInfiniteGradientDoesNotReachTheBranchNotTaken() {
    Leaf a = Variable.of(0, 1);
    Leaf b = Variable.of(1, 0);
    Variable condition = Variable.constant(Tensor.of(true, false));
    F.where(condition, a, b).sqrt().sum().backward();
    double infinity = Double.POSITIVE_INFINITY;
    assertArrayEquals(new double[] {infinity, 0}, a.grad().toDoubleArray());
    assertArrayEquals(new double[] {0, infinity}, b.grad().toDoubleArray());
  }

  @Test
  void anInfiniteGradientStaysZeroWhereReluIsFlat() {
    assertArrayEquals(new double[] {0, 1}, slopes(F::relu, -2, 2));
    Leaf x = Variable.of(-1, 4);
    x.relu().sqrt().sum().backward();
    assertArrayEquals(new double[] {0, 0.25}, x.grad().toDoubleArray());
  }

  @Test
  void aStaircaseHasAGradientOfZeroNotNone() {
    for (UnaryOperator<Variable> f :
        List.<UnaryOperator<Variable>>of(F::floor, F::ceil, F::round, F::sign)) {
      assertEquals(0, slope(f, 0.3));
    }
  }
}
