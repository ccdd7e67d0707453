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
  void aPowerWithAnExponentOfZeroHasTheSameSecondDerivativesInBothForms() {
    Variable exponents = Variable.constant(0, 1, 2, 3);
    Leaf zero = Variable.of(0.0);
    Variable slopes = Autograd.jacobian(x -> x.pow(exponents), zero);
    assertArrayEquals(new double[] {0, 1, 0, 0}, slopes.add(0.0).value().toDoubleArray());
    Variable bends = Autograd.jacobian(x -> Autograd.jacobian(v -> v.pow(exponents), x), zero);
    assertArrayEquals(new double[] {0, 0, 2, 0}, bends.add(0.0).value().toDoubleArray());
    assertEquals(0, Autograd.hessian(x -> x.pow(0.), zero).item());
  }

  @Test
  void aPowerWithAnExponentOfZeroHasASymmetricHessian() {
    Leaf point = Variable.of(2, 0);
    Variable hessian = Autograd.hessian(x -> x.select(0, 0).pow(x.select(0, 1)), point);
    double log = Math.log(2);
    assertArrayEquals(
        new double[] {0, 0.5, 0.5, log * log}, hessian.add(0.0).value().toDoubleArray(), 1e-15);
  }

  @Test
  void aPowerWithAnExponentOfZeroIsFlatWhateverItsBase() {
    double[] bases = {0, Double.MIN_VALUE, 1, 1e300, Double.POSITIVE_INFINITY, Double.NaN};
    Variable zeros = Variable.constant(new double[bases.length]);
    assertArrayEquals(new double[bases.length], slopes(x -> x.pow(zeros), bases));
  }

  /// `Σ (-1)ᵏ (πx)²ᵏ / (2k + 1)!`, differentiated term by term.
  private static double sincSeries(int order, double x) {
    double sum = 0;
    for (int k = 40; 2 * k >= order; k--) {
      double term = (k % 2 == 0 ? 1 : -1) * Math.pow(Math.PI, order) / (2 * k + 1);
      for (int i = 1; i <= 2 * k - order; i++) {
        term *= Math.PI * x / i;
      }
      sum += term;
    }
    return sum;
  }

  @Test
  void sincIsSmoothAtZeroInEveryOrder() {
    for (double at : new double[] {0, 1e-300, 1e-8, -1e-8, 1e-4, 0.01, 0.1, -0.3, 0.32, 0.6, 1}) {
      Variable x = Variable.of(at);
      Variable y = F.sinc(x);
      for (int order = 1; order <= 5; order++) {
        y = Autograd.grad(y, x);
        double expected = sincSeries(order, at);
        double tolerance = 1e-12 * Math.max(Math.abs(expected), Math.pow(Math.PI, order) * 0.1);
        assertEquals(expected, y.item(), tolerance, "order " + order + " at " + at);
      }
    }
    assertEquals(-Math.PI * Math.PI / 3, Autograd.hessian(F::sinc, Variable.of(0.0)).item(), 1e-14);
  }

  @Test
  void sincHasASlopeThatIsRightInEveryDigitNearZero() {
    for (double at : new double[] {1e-300, 1e-20, 1e-8, 1e-5}) {
      double first = -Math.PI * Math.PI / 3 * at;
      assertEquals(first, slope(F::sinc, at), 1e-9 * first * -1);
    }
  }

  @Test
  void aLeadingMinusInfinityIsNoObstacleToTheGradientOfItsSuccessors() {
    double infinity = Double.POSITIVE_INFINITY;
    Leaf x = Variable.of(-infinity, 0, 1);
    Variable last = F.logCumSumExp(x, 0).select(0, 2);
    double share = 1 / (1 + Math.E);
    double[] expected = {0, share, 1 - share};
    assertArrayEquals(expected, Autograd.grad(last, x).value().toDoubleArray(), 1e-15);
    Variable dx = Variable.constant(5, 1, 0);
    Variable dy = Autograd.jvp(v -> F.logCumSumExp(v, 0), x, dx).derivative();
    assertArrayEquals(new double[] {0, 1, share}, dy.value().toDoubleArray(), 1e-15);
    Variable hessian = Autograd.hessian(v -> F.logCumSumExp(v, 0).select(0, 2), x);
    double bend = share * (1 - share);
    assertArrayEquals(
        new double[] {0, 0, 0, 0, bend, -bend, 0, -bend, bend},
        hessian.add(0.0).value().toDoubleArray(),
        1e-15);
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
  void anInfiniteSlopeBehindTheBranchNotTakenGivesNaNUnlessItsOperandIsReplacedToo() {
    Variable condition = Variable.constant(Tensor.of(false));
    Leaf x = Variable.of(0.0);
    Variable plain = F.where(condition, x.sqrt(), x);
    assertEquals(Double.NaN, Autograd.grad(plain.sum(), x).item());
    Variable safe = F.where(condition, x, F.onesLike(x));
    Variable remedied = F.where(condition, safe.sqrt(), x);
    assertEquals(1, Autograd.grad(remedied.sum(), x).item());
    Variable filled = F.maskedFill(safe.sqrt(), F.logicalNot(condition), 7);
    assertEquals(0, Autograd.grad(filled.sum(), x).item());
    Variable careless = F.maskedFill(x.sqrt(), F.logicalNot(condition), 7);
    assertEquals(Double.NaN, Autograd.grad(careless.sum(), x).item());
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
