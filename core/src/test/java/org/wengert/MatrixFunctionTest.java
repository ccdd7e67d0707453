package org.wengert;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.wengert.check.GradientAssert.assertThatGradient;

import org.junit.jupiter.api.Test;
import org.wengert.tensor.DType;
import org.wengert.tensor.MatrixException;
import org.wengert.tensor.OptionException;
import org.wengert.tensor.Rng;
import org.wengert.tensor.Shape;
import org.wengert.tensor.ShapeException;
import org.wengert.tensor.Tensor;

/// Products, powers, exponentials, norms and distances.
class MatrixFunctionTest {
  private static final Variable X = Variable.constant(new double[][] {{1, -2, 3}, {-4, 5, -6}});

  private static Variable random(long seed, int... sizes) {
    return Variable.constant(Tensor.randn(Shape.of(sizes), DType.FLOAT64, new Rng(seed)));
  }

  private static void assertClose(Variable expected, Variable actual, double tolerance) {
    assertEquals(expected.shape(), actual.shape());
    assertArrayEquals(expected.value().toDoubleArray(), actual.value().toDoubleArray(), tolerance);
  }

  @Test
  void productsOfFixedRankRefuseOtherRanks() {
    String text = assertThrows(ShapeException.class, () -> F.mm(X, X.select(0, 0))).getMessage();
    assertTrue(text.startsWith("mm: mm takes operands of rank 2 and 2"), text);
    assertTrue(text.contains("input 1  (3)"), text);
    assertThrows(ShapeException.class, () -> F.mv(X, X.mT()));
    assertThrows(ShapeException.class, () -> F.dot(X, X));
    assertThrows(ShapeException.class, () -> F.outer(X, X));
    assertThrows(ShapeException.class, () -> F.bmm(X, X.mT()));
  }

  @Test
  void bmmDoesNotBroadcast() {
    String text =
        assertThrows(ShapeException.class, () -> F.bmm(random(1, 2, 2, 3), random(2, 1, 3, 2)))
            .getMessage();
    assertTrue(text.contains("batches of 2 and 1 matrices"), text);
    assertTrue(text.contains("hint: bmm does not broadcast; matMul does"), text);
  }

  @Test
  void aScalarIsNoMatrix() {
    String text =
        assertThrows(ShapeException.class, () -> F.matMul(X, Variable.constant(2.0))).getMessage();
    assertTrue(text.contains("a scalar is multiplied with mul(..)"), text);
  }

  @Test
  void addmmWithBetaZeroDoesNotReadItsInput() {
    Leaf input = Variable.of(Double.NaN);
    Variable y = F.addmm(input, X, X.mT(), 0, 2);
    assertClose(X.matMul(X.mT()).mul(2.0), y, 0);
    y.sum().backward();
    assertEquals(0, input.grad().item());
  }

  @Test
  void addmmWeighsBothSides() {
    Variable input = Variable.constant(1.0, 2.0);
    Variable expected = input.mul(0.5).add(X.matMul(X.mT()).mul(-3.0));
    assertClose(expected, F.addmm(input, X, X.mT(), 0.5, -3), 0);
    assertClose(X.matMul(X.mT()).add(input), F.addmm(input, X, X.mT()), 0);
    assertClose(X.matMul(X.select(0, 1)).add(input), F.addmv(input, X, X.select(0, 1)), 0);
    Variable batch = F.unsqueeze(X, 0);
    assertClose(F.unsqueeze(F.addmm(input, X, X.mT()), 0), F.baddbmm(input, batch, batch.mT()), 0);
  }

  @Test
  void tensordotRefusesAxesThatDoNotPair() {
    String text = assertThrows(ShapeException.class, () -> F.tensordot(X, X, 1)).getMessage();
    assertTrue(text.startsWith("tensordot: axes [1] on the left meet axes [0] on the right"), text);
    assertThrows(ShapeException.class, () -> F.tensordot(X, X, new int[] {0, 1}, new int[] {0}));
    assertEquals(X.square().sum().item(), F.tensordot(X, X, 2).item());
  }

  @Test
  void crossIsOrthogonalToBothFactors() {
    Variable a = random(3, 3, 4);
    Variable b = random(4, 3, 1);
    Variable c = F.cross(a, b, 0);
    assertEquals(Shape.of(3, 4), c.shape());
    assertClose(c.mul(0.0).sum(0), a.mul(c).sum(0), 1e-14);
    assertClose(c.mul(0.0).sum(0), b.mul(c).sum(0), 1e-14);
    Variable x = Variable.constant(1.0, 0.0, 0.0);
    Variable y = Variable.constant(0.0, 1.0, 0.0);
    assertArrayEquals(new double[] {0, 0, 1}, F.cross(x, y).value().toDoubleArray());
    String text = assertThrows(ShapeException.class, () -> F.cross(X, X, 0)).getMessage();
    assertTrue(text.contains("three components along axis 0"), text);
  }

  @Test
  void kronLaysOutBlocks() {
    Variable ab = F.kron(X, Variable.constant(10.0, 1.0));
    assertEquals(Shape.of(2, 6), ab.shape());
    assertArrayEquals(
        new double[] {10, 1, -20, -2, 30, 3}, ab.select(0, 0).value().toDoubleArray());
  }

  @Test
  void traceSumsTheDiagonalOfAnyMatrix() {
    assertEquals(6, F.trace(X).item());
    assertEquals(6, F.trace(X.mT()).item());
    assertEquals(0, F.trace(Variable.constant(Tensor.zeros(0, 3))).item());
    assertEquals(Shape.of(2), F.trace(random(1, 2, 3, 3)).shape());
  }

  @Test
  void chainMatmulTakesTheCheapestOrder() {
    Leaf column = Variable.of(random(5, 50, 1).value());
    Variable row = random(6, 1, 50);
    Step product = (Step) F.chainMatmul(column, row, random(7, 50, 1), random(8, 1, 2));
    assertEquals(Shape.of(1, 2), product.input(1).shape());
    Variable inOrder = column.matMul(row).matMul(random(7, 50, 1)).matMul(random(8, 1, 2));
    assertClose(inOrder, product, 1e-12);
    assertThrows(ShapeException.class, () -> F.chainMatmul());
    assertClose(X, F.chainMatmul(X), 0);
  }

  @Test
  void bilinearIsAFormInBothOperands() {
    Variable x = random(9, 4, 2);
    Variable y = random(10, 4, 3);
    Variable w = random(11, 5, 2, 3);
    Variable expected = F.einsum("bi,oij,bj->bo", x, w, y);
    assertClose(expected, F.bilinear(x, y, w), 1e-14);
    assertThatGradient((a, b, c) -> F.bilinear(a, b, c))
        .at(x.value(), y.value(), w.value())
        .isCorrectToSecondOrder();
  }

  @Test
  void theExponentialOfARotationsGeneratorRotates() {
    for (double angle : new double[] {1e-8, 0.3, 2, 40}) {
      Variable turn = Variable.constant(new double[][] {{0, -angle}, {angle, 0}});
      double[] expected = {Math.cos(angle), -Math.sin(angle), Math.sin(angle), Math.cos(angle)};
      assertArrayEquals(expected, F.matrixExp(turn).value().toDoubleArray(), 1e-13);
    }
  }

  @Test
  void theExponentialHasGradientsOfBothOrders() {
    assertThatGradient(F::matrixExp).at(random(12, 2, 3, 3).value()).isCorrectToSecondOrder();
  }

  @Test
  void theExponentialOfInfinityIsNotFinite() {
    Variable y = F.matrixExp(Variable.constant(new double[][] {{Double.POSITIVE_INFINITY}}));
    assertTrue(!Double.isFinite(y.item()));
  }

  @Test
  void powersMultiplyAsOftenAsAsked() {
    Variable x = random(13, 3, 3);
    Variable square = x.matMul(x);
    assertClose(square.matMul(square).matMul(x), F.matrixPower(x, 5), 1e-12);
    assertClose(x, F.matrixPower(x, 1), 0);
    assertClose(F.matrixPower(x, 0), F.matrixPower(x, -2).matMul(square), 1e-12);
    assertThrows(
        MatrixException.class, () -> F.matrixPower(Variable.constant(new double[2][2]), -1));
    assertThatGradient(a -> F.matrixPower(a, 3)).at(x.value()).isCorrectToSecondOrder();
  }

  @Test
  void matrixNormsMeasureRowsColumnsAndSingularValues() {
    double infinity = Double.POSITIVE_INFINITY;
    assertEquals(9, F.matrixNorm(X, 1).item());
    assertEquals(5, F.matrixNorm(X, -1).item());
    assertEquals(15, F.matrixNorm(X, infinity).item());
    assertEquals(6, F.matrixNorm(X, -infinity).item());
    assertEquals(Math.sqrt(91), F.matrixNorm(X).item(), 1e-14);
    double[] values = F.svdvals(X).value().toDoubleArray();
    assertEquals(values[0], F.matrixNorm(X, 2).item());
    assertEquals(values[1], F.matrixNorm(X, -2).item());
    assertEquals(values[0] + values[1], F.nuclearNorm(X).item(), 1e-14);
    String text = assertThrows(OptionException.class, () -> F.matrixNorm(X, 3)).getMessage();
    assertTrue(text.startsWith("matrixNorm: there is no matrix norm of order 3.0"), text);
  }

  @Test
  void theNormOfAZeroMatrixHasGradientZero() {
    Leaf x = Variable.of(new double[2][3]);
    F.matrixNorm(x).backward();
    assertArrayEquals(new double[6], x.grad().toDoubleArray());
  }

  @Test
  void distancesOfEqualRowsHaveGradientZero() {
    for (double p : new double[] {1, 2, 2.5, Double.POSITIVE_INFINITY}) {
      Leaf a = Variable.of(X.value());
      F.cdist(a, X, p).select(0, 1).select(0, 1).backward();
      assertArrayEquals(new double[6], a.grad().toDoubleArray(), "p = " + p);
    }
  }

  @Test
  void distancesFollowTheirNorm() {
    double[][] expected = {{0, 21}, {1, 21}, {2, Math.sqrt(155)}, {3, Math.cbrt(1197)}};
    for (double[] pair : expected) {
      double distance = F.cdist(X, X, pair[0]).value().at(0, 1);
      assertEquals(pair[0] == 0 ? 3 : pair[1], distance, 1e-13, "p = " + pair[0]);
    }
    assertEquals(9, F.cdist(X, X, Double.POSITIVE_INFINITY).value().at(0, 1));
    assertEquals(5, F.cdist(X, X, Double.NEGATIVE_INFINITY).value().at(0, 1));
    assertThatGradient((a, b) -> F.cdist(a, b, 1.5))
        .at(random(14, 2, 3, 2).value(), random(15, 4, 2).value())
        .isCorrectToSecondOrder();
  }

  @Test
  void pairwiseDistanceKeepsItsAxisOnDemand() {
    Variable y = F.pairwiseDistance(X, X.mul(0.0), 2, 0, true);
    assertEquals(Shape.of(2, 1), y.shape());
    assertEquals(Math.sqrt(14), y.value().at(0, 0), 1e-15);
  }

  @Test
  void cosineSimilarityOfParallelsIsOne() {
    assertArrayEquals(
        new double[] {1, -1},
        F.cosineSimilarity(X, X.mul(Variable.constant(new double[][] {{3}, {-2}})))
            .value()
            .toDoubleArray(),
        1e-15);
  }
}
