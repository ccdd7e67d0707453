package org.wengert;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.wengert.check.GradientAssert.assertThatGradient;

import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.wengert.tensor.DType;
import org.wengert.tensor.Rng;
import org.wengert.tensor.Shape;
import org.wengert.tensor.Tensor;

/// Where a rule is easily got wrong: equals, the branch not taken, matrices that are not square.
class RuleEdgesTest {
  private static final Variable TIED = Variable.constant(1.0, 3, 3, 1);
  private static final Variable MOVE = Variable.constant(0.5, -2, 7, 11);

  private static void assertShared(UnaryOperator<Variable> f, double... shares) {
    Variable gradient = Autograd.vjp(f, TIED, Variable.constant(1.0)).derivative();
    assertArrayEquals(shares, gradient.value().toDoubleArray(), 1e-15);
    double forward = Autograd.jvp(f, TIED, MOVE).derivative().item();
    assertEquals(gradient.mul(MOVE).sum().item(), forward, 1e-15);
  }

  @Test
  void extremesShareEvenly() {
    assertShared(x -> F.amax(x, false), 0, 0.5, 0.5, 0);
    assertShared(x -> F.amin(x, false), 0.5, 0, 0, 0.5);
    assertShared(x -> F.max(x), 0, 0.5, 0.5, 0);
    assertShared(x -> F.min(x), 0.5, 0, 0, 0.5);
  }

  /// Place 0 gets 3 twice, beside a 1 of its own; place 1 gets the 5 that it has.
  @Test
  void whatIsScatteredToOnePlaceSharesWithWhatIsThere() {
    Variable index = Variable.constant(Tensor.of(new long[] {0, 0, 1}));
    for (boolean includeSelf : new boolean[] {true, false}) {
      Leaf x = Variable.of(1.0, 5);
      Leaf source = Variable.of(3.0, 3, 5);
      Variable y = F.scatterReduce(x, 0, index, source, ScatterReduce.AMAX, includeSelf);
      List<Variable> gradients = Autograd.grad(y, List.of(x, source), Variable.constant(2.0, 10));
      double self = includeSelf ? 5 : 0;
      assertArrayEquals(new double[] {0, self}, gradients.get(0).value().toDoubleArray());
      assertArrayEquals(new double[] {1, 1, 10 - self}, gradients.get(1).value().toDoubleArray());
      assertTangents(y, List.of(x, source), gradients);
    }
  }

  private static void assertTangents(
      Variable y, List<? extends Variable> xs, List<Variable> gradients) {
    List<Variable> moves =
        List.of(Variable.constant(0.5, -2.0), Variable.constant(7.0, 11.0, -3.0));
    double reverse = 0;
    for (int i = 0; i < xs.size(); i++) {
      reverse += gradients.get(i).mul(moves.get(i)).sum().item();
    }
    Variable weights = Variable.constant(2.0, 10.0);
    assertEquals(reverse, Forward.tangent(y, xs, moves).mul(weights).sum().item(), 1e-13);
  }

  @Test
  void theLogarithmOfASingularDeterminantHasNoGradient() {
    Leaf x = Variable.of(new double[][] {{1, 2}, {2, 4}});
    Variable gradient = Autograd.grad(F.slogDet(x).logAbsDet(), x);
    for (double element : gradient.value().toDoubleArray()) {
      assertEquals(Double.NaN, element);
    }
  }

  /// What was there does not count, also where the values that came add up to 0.
  @Test
  void whatWasThereGetsNothingUnlessItIsIncluded() {
    Variable index = Variable.constant(Tensor.of(new long[] {0, 0}));
    Leaf x = Variable.of(3.0, 4);
    Leaf source = Variable.of(3.0, -3);
    Variable y = F.scatterReduce(x, 0, index, source, ScatterReduce.AMAX, false);
    y.sum().backward();
    assertArrayEquals(new double[] {0, 1}, x.grad().toDoubleArray());
    assertArrayEquals(new double[] {1, 0}, source.grad().toDoubleArray());
  }

  @Test
  void theBranchNotTakenDoesNotOverflow() {
    Leaf x = Variable.of(1000.0);
    Variable slope = Autograd.grad(F.elu(x, 1), x);
    assertEquals(1, slope.item());
    assertEquals(0, Autograd.grad(slope, x).item());
  }

  /// The factor where a recurrence begins is not used, so no gradient reaches it, however large.
  @Test
  void theFirstFactorOfARecurrenceGetsNothing() {
    for (boolean reversed : new boolean[] {false, true}) {
      Leaf a = Variable.of(2.0, 3, 4);
      Leaf b = Variable.of(1.0, 1, 1);
      Variable y = Recurrence.along(0, 3, reversed).apply(a, b);
      int first = reversed ? 2 : 0;
      double infinity = Double.POSITIVE_INFINITY;
      Variable gy = Variable.of(reversed ? 0.0 : infinity, 0, reversed ? infinity : 0);
      assertEquals(0, Autograd.grad(y, List.of(a), gy).getFirst().value().at(first));
    }
  }

  @Test
  void singularVectorsOfHighMatricesHaveGradients() {
    Tensor x = Tensor.randn(Shape.of(4, 3), DType.FLOAT64, new Rng(3));
    assertThatGradient(a -> new SingularVectors().apply(a)).at(x).isCorrectToSecondOrder();
  }

  /// As libtorch, whose division is by 1e-12 at least.
  @Test
  void certaintyThatIsWrongHasAFiniteGradient() {
    Leaf p = Variable.of(0.0);
    new BinaryCrossEntropy().apply(p, Variable.constant(1.0)).backward();
    assertEquals(-1e12, p.grad().item(), 1);
  }
}
