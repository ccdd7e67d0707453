package org.wengert;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.wengert.check.GradientAssert.assertThatGradient;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.wengert.tensor.DType;
import org.wengert.tensor.DTypeException;
import org.wengert.tensor.MatrixException;
import org.wengert.tensor.Rng;
import org.wengert.tensor.Shape;
import org.wengert.tensor.ShapeException;
import org.wengert.tensor.Tensor;

/// Determinants, inverses and decompositions: what they satisfy, and what they refuse.
class DecompositionTest {
  private static final Variable SINGULAR = Variable.constant(new double[][] {{1, 2}, {2, 4}});

  private static Variable random(long seed, int... sizes) {
    return Variable.constant(Tensor.randn(Shape.of(sizes), DType.FLOAT64, new Rng(seed)));
  }

  private static void assertClose(Variable expected, Variable actual, double tolerance) {
    assertEquals(expected.shape(), actual.shape());
    assertArrayEquals(expected.value().toDoubleArray(), actual.value().toDoubleArray(), tolerance);
  }

  private static Variable eye(int n) {
    return F.matrixPower(Variable.constant(Tensor.zeros(Shape.of(n, n), DType.FLOAT64)), 0);
  }

  private static void assertOrthonormal(Variable q) {
    Variable gram = q.mT().matMul(q);
    assertClose(eye(q.size(-1)).expand(gram.shape()), gram, 1e-14);
  }

  @Test
  void inverseNamesThePivotThatIsZero() {
    Variable named = Variable.of(SINGULAR.value()).named("gram");
    String text = assertThrows(MatrixException.class, () -> F.inverse(named)).getMessage();
    assertTrue(
        text.startsWith("inverse: the matrix is singular: pivot 2 of 2 is zero\n    input 0  gram"),
        text);
    assertTrue(text.contains("hint: column 2 depends on those before it; pinverse(..)"), text);
  }

  @Test
  void inverseNamesTheSingularMatrixOfABatch() {
    Variable batch = F.stack(List.of(random(1, 2, 2), SINGULAR, random(2, 2, 2)), 0);
    String text = assertThrows(MatrixException.class, () -> F.inverse(batch)).getMessage();
    assertTrue(text.contains("matrix   1 of 3"), text);
    assertTrue(text.contains("input 0  (3, 2, 2)"), text);
  }

  @Test
  void solveRefusesASingularMatrix() {
    Variable b = Variable.constant(1.0, 2.0);
    String text = assertThrows(MatrixException.class, () -> F.solve(SINGULAR, b)).getMessage();
    assertTrue(text.startsWith("solve: the matrix is singular"), text);
  }

  @Test
  void choleskyNamesThePivotThatIsNotPositive() {
    Variable x = Variable.constant(new double[][] {{1, 2}, {2, 1}});
    String text = assertThrows(MatrixException.class, () -> F.cholesky(x)).getMessage();
    assertTrue(
        text.startsWith("cholesky: the matrix is not positive definite: pivot 2 of 2 is -3.0"),
        text);
    assertThrows(
        MatrixException.class, () -> F.cholesky(Variable.constant(new double[][] {{Double.NaN}})));
  }

  @Test
  void integersHaveNoInverse() {
    Variable x = Variable.constant(Tensor.of(1, 0, 0, 1).reshape(2, 2));
    String text = assertThrows(DTypeException.class, () -> F.inverse(x)).getMessage();
    assertTrue(text.contains("inverse: a matrix of type INT32"), text);
    assertTrue(text.contains("convert with to(FLOAT32)"), text);
  }

  @Test
  void matricesOfTwoTypesAreNotSolved() {
    Variable b = random(1, 2, 1).to(DType.FLOAT32);
    String text =
        assertThrows(DTypeException.class, () -> F.solve(random(2, 2, 2), b)).getMessage();
    assertTrue(text.contains("matrices of types FLOAT64 and FLOAT32"), text);
  }

  @Test
  void aVectorHasNoDeterminant() {
    String text = assertThrows(ShapeException.class, () -> F.det(random(1, 3))).getMessage();
    assertTrue(text.startsWith("det: shape (3) is no matrix"), text);
  }

  @Test
  void theDeterminantOfASingularMatrixHasGradientZero() {
    Leaf x = Variable.of(F.stack(List.of(SINGULAR, eye(2).mul(3.0)), 0).value());
    Variable det = F.det(x);
    assertArrayEquals(new double[] {0, 9}, det.value().toDoubleArray(), 1e-300);
    det.sum().backward();
    assertArrayEquals(new double[] {0, 0, 0, 0, 3, 0, 0, 3}, x.grad().toDoubleArray(), 1e-300);
  }

  @Test
  void theDeterminantChangesSignWithEachExchangeOfRows() {
    Variable swapped = Variable.constant(new double[][] {{0, 1, 0}, {1, 0, 0}, {0, 0, 2}});
    assertEquals(-2, F.det(swapped).item());
    assertEquals(-1, F.slogDet(swapped).sign().item());
    assertEquals(Math.log(2), F.slogDet(swapped).logAbsDet().item());
    assertEquals(Double.NaN, F.logDet(swapped).item());
  }

  @Test
  void slogdetDoesNotOverflow() {
    SlogDet parts = F.slogDet(eye(4).mul(1e200));
    assertEquals(1, parts.sign().item());
    assertEquals(800 * Math.log(10), parts.logAbsDet().item(), 1e-10);
  }

  @Test
  void theLogarithmOfDeterminantZeroIsMinusInfinityWithoutAGradient() {
    Leaf x = Variable.of(SINGULAR.value());
    Variable log = F.logDet(x);
    assertEquals(Double.NEGATIVE_INFINITY, log.item());
    assertEquals(0, F.slogDet(x).sign().item());
    log.backward();
    assertTrue(Double.isNaN(x.grad().at(0, 1)));
  }

  @Test
  void inverseUndoes() {
    Variable x = random(3, 2, 6, 6);
    assertClose(eye(6).expand(x.shape()), x.matMul(F.inverse(x)), 1e-12);
  }

  @Test
  void solveTakesMatricesVectorsAndBatchesOfVectors() {
    Variable a = random(4, 3, 4, 4);
    Variable b = random(5, 3, 4);
    Variable x = F.solve(a, b);
    assertEquals(Shape.of(3, 4), x.shape());
    assertClose(b, F.squeeze(a.matMul(F.unsqueeze(x, -1)), -1), 1e-12);
    Variable one = F.solve(a.select(0, 1), b.select(0, 1));
    assertClose(x.select(0, 1), one, 0);
    Variable shared = F.solve(a, b.select(0, 1));
    assertClose(one, shared.select(0, 1), 0);
  }

  @Test
  void solveTriangularReadsOneTriangleOnly() {
    Variable a = Variable.constant(new double[][] {{2, 7}, {3, 4}});
    Variable b = Variable.constant(new double[][] {{2}, {11}});
    assertArrayEquals(new double[] {1, 2}, F.solveTriangular(a, b, false).value().toDoubleArray());
    assertArrayEquals(
        new double[] {-8.625, 2.75}, F.solveTriangular(a, b, true).value().toDoubleArray());
  }

  @Test
  void choleskyFactorsLowerAndUpper() {
    Variable half = random(6, 2, 5, 5);
    Variable x = half.matMul(half.mT()).add(eye(5));
    Variable lower = F.cholesky(x);
    assertClose(x, lower.matMul(lower.mT()), 1e-13);
    assertEquals(0, lower.value().at(1, 0, 4));
    assertClose(lower.mT(), F.cholesky(x, true), 0);
  }

  @Test
  void qrReconstructsMatricesOfEveryForm() {
    for (int[] sizes : new int[][] {{4, 4}, {5, 3}, {3, 5}, {2, 3, 2}}) {
      Variable x = random(7, sizes);
      Qr qr = F.qr(x);
      assertOrthonormal(qr.q());
      assertClose(x, qr.q().matMul(qr.r()), 1e-14);
      assertEquals(0, Math.abs(qr.r().select(-2, 1).select(-1, 0).sum().item()));
      Qr complete = F.qrComplete(x);
      assertEquals(complete.q().size(-1), complete.q().size(-2));
      assertOrthonormal(complete.q());
      assertClose(x, complete.q().matMul(complete.r()), 1e-14);
    }
  }

  @Test
  void qrHasGradientsOfBothFactorsAlsoForWideMatrices() {
    for (int[] sizes : new int[][] {{3, 3}, {4, 2}, {2, 4}}) {
      assertThatGradient(x -> F.qr(x).q().exp().sum().add(F.qr(x).r().exp().sum()))
          .at(random(8, sizes).value())
          .isCorrectToSecondOrder();
    }
  }

  @Test
  void theColumnsThatCompleteABasisHaveNoGradient() {
    Leaf x = Variable.of(random(9, 3, 2).value());
    assertFalse(F.qrComplete(x).q().requiresGrad());
    assertTrue(F.qrComplete(Variable.of(random(9, 2, 3).value())).r().requiresGrad());
  }

  @Test
  void eighDiagonalises() {
    Variable half = random(10, 2, 6, 6);
    Variable x = half.add(half.mT());
    Eigh eigh = F.eigh(x);
    assertOrthonormal(eigh.vectors());
    Variable scaled = eigh.vectors().mul(F.unsqueeze(eigh.values(), -2));
    assertClose(x, scaled.matMul(eigh.vectors().mT()), 1e-13);
    assertClose(eigh.values(), F.eigvalsh(x), 0);
    double[] values = eigh.values().select(0, 0).value().toDoubleArray();
    assertTrue(IntStream.range(1, 6).allMatch(i -> values[i - 1] <= values[i]));
  }

  @Test
  void eigenvaluesThatCoincideStillHaveAGradient() {
    Leaf x = Variable.of(eye(3).mul(2.0).value());
    F.eigvalsh(x).sum().backward();
    assertArrayEquals(eye(3).value().toDoubleArray(), x.grad().toDoubleArray(), 1e-15);
  }

  @Test
  void svdReconstructsMatricesOfEveryForm() {
    for (int[] sizes : new int[][] {{4, 4}, {5, 3}, {3, 5}, {2, 3, 2}}) {
      Variable x = random(11, sizes);
      Svd svd = F.svd(x);
      assertOrthonormal(svd.u());
      assertOrthonormal(svd.vT().mT());
      assertClose(x, svd.u().mul(F.unsqueeze(svd.s(), -2)).matMul(svd.vT()), 1e-14);
      assertClose(F.svdvals(x), svd.s(), 0);
    }
  }

  @Test
  void svdCompletesTheVectorsOfAMatrixWithoutFullRank() {
    for (Variable x : List.of(SINGULAR, SINGULAR.mul(0.0), F.outer(random(1, 5), random(2, 4)))) {
      Svd svd = F.svd(x);
      assertOrthonormal(svd.u());
      assertOrthonormal(svd.vT().mT());
      assertClose(x, svd.u().mul(F.unsqueeze(svd.s(), -2)).matMul(svd.vT()), 1e-14);
    }
  }

  @Test
  void smallSingularValuesKeepTheirDigits() {
    Variable graded = F.qr(random(12, 3, 3)).q().mul(Variable.constant(1.0, 1e-9, 1e-18));
    double[] values = F.svdvals(graded).value().toDoubleArray();
    assertEquals(1e-9, values[1], 1e-23);
    assertEquals(1e-18, values[2], 1e-32);
  }

  @Test
  void singularValuesNeitherOverflowNorUnderflow() {
    Variable x = random(18, 4, 3);
    for (double scale : new double[] {0x1p-900, 0x1p900}) {
      assertClose(F.svdvals(x), F.svdvals(x.mul(scale)).div(scale), 0);
    }
  }

  @Test
  void directDecompositionsOfNaNAreNaN() {
    Variable x = random(19, 3, 3).mul(Variable.constant(1.0, Double.NaN, 1.0));
    assertTrue(Double.isNaN(F.qr(x).r().sum().item()));
    assertTrue(Double.isNaN(F.det(x).item()));
  }

  @Test
  void theNuclearNormOfAWideMatrixHasSecondGradients() {
    assertThatGradient(F::nuclearNorm).at(random(13, 2, 2, 4).value()).isCorrectToSecondOrder();
  }

  @Test
  void pinverseSatisfiesPenrosesEquationsWithoutFullRank() {
    Variable x = random(14, 5, 2).matMul(random(15, 2, 4));
    Variable p = F.pinverse(x);
    assertEquals(Shape.of(4, 5), p.shape());
    assertClose(x, x.matMul(p).matMul(x), 1e-13);
    assertClose(p, p.matMul(x).matMul(p), 1e-13);
    assertClose(x.matMul(p).mT(), x.matMul(p), 1e-13);
    assertClose(p.matMul(x).mT(), p.matMul(x), 1e-13);
  }

  @Test
  void pinverseForgetsSingularValuesUpToTheTolerance() {
    Variable x = Variable.constant(new double[][] {{2, 0}, {0, 0.02}});
    assertArrayEquals(
        new double[] {0.5, 0, 0, 0}, F.pinverse(x, 0.01).value().toDoubleArray(), 1e-16);
    assertArrayEquals(
        new double[] {0.5, 0, 0, 50}, F.pinverse(x, 0.009).value().toDoubleArray(), 1e-13);
  }

  @Test
  void lstsqLeavesAResidualOrthogonalToTheColumns() {
    Variable a = random(16, 6, 3);
    Variable b = random(17, 6);
    Variable residual = a.matMul(F.lstsq(a, b)).sub(b);
    assertClose(Variable.constant(0.0, 0.0, 0.0), residual.matMul(a), 1e-13);
    assertThatGradient(F::lstsq).at(a.value(), b.value()).isCorrectToSecondOrder();
  }

  @Test
  void infiniteMatricesAndNaNAreRefusedByName() {
    for (double bad : new double[] {Double.NaN, Double.POSITIVE_INFINITY}) {
      Variable x = Variable.of(new double[][] {{bad, 1}, {1, 2}});
      String text = assertThrows(MatrixException.class, () -> F.svdvals(x)).getMessage();
      assertTrue(text.startsWith("svdvals: a matrix with the element " + bad), text);
      assertThrows(MatrixException.class, () -> F.eigvalsh(x));
    }
  }
}
