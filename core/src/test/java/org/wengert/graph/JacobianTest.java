package org.wengert.graph;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.wengert.F;
import org.wengert.Leaf;
import org.wengert.StateException;
import org.wengert.Variable;
import org.wengert.tensor.DType;
import org.wengert.tensor.Rng;
import org.wengert.tensor.Shape;
import org.wengert.tensor.ShapeException;
import org.wengert.tensor.Tensor;

/// Local Jacobians: what is found out about them, small and large.
class JacobianTest {
  private static Leaf leaf(int... sizes) {
    Tensor numbers = Tensor.randn(Shape.of(sizes), DType.FLOAT64, new Rng(3));
    return Variable.of(numbers).named("x");
  }

  /// The Jacobian of one operation.
  private static LocalJacobian of(UnaryOperator<Variable> f, Leaf x) {
    Variable y = f.apply(x).named("y");
    Tensor seed = Tensor.full(y.shape(), 1, y.dtype());
    ChainRule.Options options = ChainRule.Options.defaults().seed(seed);
    Explanation explanation = ChainRule.explain(y, x, options);
    return Objects.requireNonNull(explanation.factors().getFirst().jacobian());
  }

  private static String structure(UnaryOperator<Variable> f, int... sizes) {
    return of(f, leaf(sizes)).structure();
  }

  private static Variable constant(int... sizes) {
    return Variable.constant(Tensor.randn(Shape.of(sizes), DType.FLOAT64, new Rng(4)));
  }

  @Test
  void structuresAreFoundFromTheNumbers() {
    assertEquals("diagonal", structure(Variable::tanh, 2, 3));
    assertEquals("identity", structure(x -> x.add(1), 2, 3));
    assertEquals("-1 · identity", structure(Variable::neg, 2, 3));
    assertEquals("permutation", structure(x -> x.permute(1, 0), 2, 3));
    assertEquals("selection", structure(x -> x.slice(0, 0, 2), 3, 2));
    assertEquals("broadcast, each 2 times", structure(x -> x.expand(Shape.of(2, 3)), 3));
    assertEquals("broadcast-sum of 2 each", structure(x -> x.sum(0), 2, 3));
    assertEquals("I2 ⊗ W, W of 3 × 4", structure(x -> x.matMul(constant(4, 3)), 2, 4));
    assertEquals("W ⊗ I3, W of 2 × 4", structure(x -> constant(2, 4).matMul(x), 4, 3));
    assertEquals("2 blocks of 3 × 3 on the diagonal", structure(x -> F.softmax(x, 1), 2, 3));
    assertEquals("dense", structure(x -> F.softmax(x, 0), 3));
    assertEquals("zero", structure(x -> x.mul(0), 3));
    assertEquals("row", structure(x -> F.logSumExp(x, 0), 3));
    double[] products = {1, 2, 3, -2, -4, -6};
    int[] rows = {2};
    assertEquals("rank one", new Structure(products, rows, new int[] {3}, 1e-11).words());
  }

  @Test
  void largeOnesAreProbed() {
    assertFalse(of(x -> x.permute(1, 0), leaf(20, 30)).isExact());
    assertEquals("identity", structure(x -> x.add(1), 20, 30));
    assertEquals("permutation", structure(x -> x.permute(1, 0), 20, 30));
    assertEquals("selection", structure(x -> x.slice(0, 0, 15), 20, 30));
    assertEquals("broadcast, each 20 times", structure(x -> x.expand(Shape.of(20, 300)), 300));
    assertEquals("broadcast-sum of 20 each", structure(x -> x.sum(0), 20, 300));
    assertEquals("I20 ⊗ W, W of 25 × 30", structure(x -> x.matMul(constant(30, 25)), 20, 30));
    assertEquals("W ⊗ I30, W of 25 × 20", structure(x -> constant(25, 20).matMul(x), 20, 30));
    assertEquals("no structure found", structure(x -> F.softmax(x, 0), 600));
    assertEquals("zero", structure(x -> x.mul(0), 20, 30));
  }

  @Test
  void largeOnesThatAreElementwiseAreKnownExactly() {
    Leaf x = leaf(20, 30);
    LocalJacobian tanh = of(Variable::tanh, x);
    assertEquals("diagonal", tanh.structure());
    assertTrue(tanh.isExact());
    Tensor slopes = x.tanh().square().rsub(1.0).value();
    assertEquals(Numbers.norm(slopes), tanh.norm(), 1e-12);
    assertEquals("2 · identity", structure(z -> z.mul(2.0), 20, 30));
  }

  @Test
  void normsAreThoseOfAllNumbers() {
    Variable w = constant(4, 3);
    LocalJacobian exact = of(x -> x.matMul(w), leaf(2, 4));
    assertTrue(exact.isExact());
    assertEquals(Math.sqrt(2) * Numbers.norm(w.value()), exact.norm(), 1e-12);
    Variable large = constant(30, 25);
    double norm = of(x -> x.matMul(large), leaf(20, 30)).norm();
    assertEquals(1, norm / (Math.sqrt(20) * Numbers.norm(large.value())), 0.05);
  }

  @Test
  void numbersAreRowsOfTheResultAndColumnsOfTheOperand() {
    Variable w = Variable.constant(new double[][] {{1, 2, 3}, {4, 5, 6}});
    Leaf x = leaf(3, 1);
    Tensor numbers = Objects.requireNonNull(of(w::matMul, x).numbers());
    assertArrayEquals(new double[] {1, 2, 3, 4, 5, 6}, numbers.toDoubleArray());
  }

  @Test
  void oneElementIsASumOfScalarPaths() {
    Leaf w = Variable.of(new double[][] {{.1, .2, .3}, {-.4, .5, .6}}).named("W");
    Variable x = Variable.constant(new double[][] {{1, 2, 3}, {4, 5, -6}}).named("x");
    Variable z = F.linear(x, w, null).named("z");
    Variable loss = z.tanh().named("a").square().sum().named("L");
    Explanation explanation = ChainRule.explain(loss, w);
    Explanation element = explanation.element(1, 2);
    assertEquals("∂L/∂W[1, 2]", element.symbol());
    assertEquals(BigInteger.TWO, element.pathCount());
    assertEquals(List.of("a[1, 1]", "z[1, 1]"), element.paths().getFirst().through());
    assertEquals(explanation.gradient().at(1, 2), element.sum().item(), 1e-14);
    assertTrue(
        element.text().contains("∂L/∂a[0, 1] · ∂a[0, 1]/∂z[0, 1] · ∂z[0, 1]/∂W[1, 2]"),
        element.text());
    assertTrue(element.latex().contains("{W}_{[1, 2]}"), element.latex());
    for (int[] outside : new int[][] {{2, 0}, {5}, {0, -1}, {}}) {
      ShapeException e = assertThrows(ShapeException.class, () -> explanation.element(outside));
      assertTrue(e.getMessage().contains("no element " + Arrays.toString(outside) + " in (2, 3)"));
      assertTrue(e.getMessage().contains("each axis, of which there are 2"), e.getMessage());
    }
    assertThrows(StateException.class, () -> element.element());
  }

  @Test
  void ofLargeJacobiansAnElementNeedsItsColumn() {
    Leaf w = Variable.of(Tensor.randn(Shape.of(300, 250), DType.FLOAT64, new Rng(5))).named("w");
    Variable x = constant(1, 300);
    Variable z = x.matMul(w).named("z");
    Variable loss = F.softmax(z.tanh().named("a"), 1).square().sum().named("L");
    Explanation explanation = ChainRule.explain(loss, w);
    Explanation element = explanation.element(7, 3);
    assertEquals(List.of("a[0, 3]", "z[0, 3]"), element.paths().getFirst().through());
    assertEquals(explanation.gradient().at(7, 3), element.sum().item(), 1e-14);
  }

  @Test
  void anElementThatReachesTooMuchIsRefused() {
    Leaf x = leaf(1100);
    Variable y = F.softmax(F.softmax(x, 0).named("a"), 0).named("b");
    Explanation explanation = ChainRule.explain(y.square().sum().named("L"), x);
    String message = assertThrows(StateException.class, () -> explanation.element(0)).getMessage();
    assertTrue(message.contains("x reaches too much of 'a'"), message);
  }

  @Test
  void zerosAreNotMultipliedByInfiniteDerivatives() {
    Leaf x = Variable.of(0.0, 1.0).named("x");
    Tensor numbers = Objects.requireNonNull(of(Variable::sqrt, x).numbers());
    assertArrayEquals(new double[] {Double.POSITIVE_INFINITY, 0, 0, 0.5}, numbers.toDoubleArray());
  }

  @Test
  void elementsOfASeededResultAddUp() {
    Leaf x = Variable.of(1.0, 2.0).named("x");
    ChainRule.Options options = ChainRule.Options.defaults().seed(Tensor.of(3.0, -1.0));
    Explanation element = ChainRule.explain(x.square().named("y"), x, options).element(1);
    assertEquals("∂S/∂x[1]", element.symbol());
    assertEquals(-4, element.sum().item());
  }
}
