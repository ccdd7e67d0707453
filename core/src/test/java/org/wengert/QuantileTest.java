package org.wengert;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.wengert.QuantileInterpolation.HIGHER;
import static org.wengert.QuantileInterpolation.LINEAR;
import static org.wengert.QuantileInterpolation.LOWER;
import static org.wengert.QuantileInterpolation.MIDPOINT;
import static org.wengert.QuantileInterpolation.NEAREST;
import static org.wengert.check.GradientAssert.assertThatGradient;

import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.wengert.tensor.DType;
import org.wengert.tensor.DTypeException;
import org.wengert.tensor.OptionException;
import org.wengert.tensor.Shape;
import org.wengert.tensor.ShapeException;

/// Quantiles: the examples of PyTorch's documentation, gradients, bounds.
class QuantileTest {
  private static final double NAN = Double.NaN;
  private static final double INFINITY = Double.POSITIVE_INFINITY;

  private static double[] numbers(Variable x) {
    return x.value().toDoubleArray();
  }

  @Test
  void severalSharesGetAnOutermostAxis() {
    Variable x =
        Variable.constant(new double[][] {{0.0795, -1.2117, 0.9765}, {1.1707, 0.6706, 0.4884}});
    Variable q = Variable.constant(0.25, 0.5, 0.75);
    Variable y = F.quantile(x, q, 1, true, LINEAR);
    assertEquals(Shape.of(3, 2, 1), y.shape());
    double[] expected = {-0.5661, 0.5795, 0.0795, 0.6706, 0.5280, 0.92065};
    assertArrayEquals(expected, numbers(y), 1e-12);
    assertEquals(Shape.of(3, 2), F.quantile(x, q, 1, false, LINEAR).shape());
    assertEquals(Shape.of(3, 3), F.quantile(x, q, 0, false, LINEAR).shape());
    assertEquals(Shape.of(1, 3), F.quantile(x, 0.5, 0, true).shape());
    assertEquals(Shape.of(3), F.quantile(x, q, LINEAR).shape());
    assertArrayEquals(numbers(F.quantile(x, 0.75)), numbers(F.quantile(x, q, LINEAR).select(0, 2)));
  }

  @Test
  void betweenTwoElementsTheInterpolationDecides() {
    Variable x = F.arange(0.0, 4, 1);
    Map<QuantileInterpolation, Double> expected = new TreeMap<>();
    expected.put(LINEAR, 1.8);
    expected.put(LOWER, 1.0);
    expected.put(HIGHER, 2.0);
    expected.put(MIDPOINT, 1.5);
    expected.put(NEAREST, 2.0);
    Variable share = Variable.constant(0.6);
    expected.forEach(
        (how, number) -> assertEquals(number, F.quantile(x, share, how).item(), 1e-15));
    assertEquals(2, F.quantile(F.arange(0.0, 6, 1), Variable.constant(0.5), NEAREST).item());
    assertEquals(1, F.nanQuantile(x, Variable.constant(0.4), LOWER).item());
    assertArrayEquals(
        new double[] {1, 2}, numbers(F.quantile(x, Variable.constant(0.4, 0.5), NEAREST)));
  }

  @Test
  void nanQuantileCountsOnlyNumbers() {
    Variable x = Variable.constant(new double[][] {{NAN, NAN}, {1, 2}});
    assertEquals(1.5, F.nanQuantile(x, 0.5).item());
    assertArrayEquals(new double[] {1, 2}, numbers(F.nanQuantile(x, 0.5, 0, false)));
    assertArrayEquals(new double[] {NAN, 1.5}, numbers(F.nanQuantile(x, 0.5, 1, false)));
    assertArrayEquals(new double[] {NAN, 1.5}, numbers(F.quantile(x, 0.5, 1, false)));
    assertTrue(Double.isNaN(F.quantile(x, 0.5).item()));
  }

  @Test
  void infinityIsANumberAmongOthers() {
    Variable x = Variable.constant(1, INFINITY, -INFINITY);
    assertArrayEquals(
        new double[] {-INFINITY, 1, INFINITY},
        numbers(F.quantile(x, Variable.constant(0, 0.5, 1), LINEAR)));
  }

  @Test
  void elementsAndSharesHaveGradients() {
    Variable x = Variable.constant(new double[][] {{0.1, -1.2, 0.9, 3}, {1.1, 0.6, 0.4, -2}});
    Variable q = Variable.constant(0.2, 0.45);
    assertThatGradient((a, b) -> F.quantile(a, b, 1, false, LINEAR))
        .at(x.value(), q.value())
        .isCorrectToSecondOrder();
    assertThatGradient(a -> F.quantile(a, q, 1, true, MIDPOINT)).at(x.value()).isCorrect();
    assertThatGradient(a -> F.nanQuantile(a, q, 0, true, HIGHER)).at(x.value()).isCorrect();
  }

  @Test
  void theTypeStaysAndAScalarIsItsOwnQuantile() {
    Variable x = Variable.constant(2.5).to(DType.FLOAT32);
    assertEquals(DType.FLOAT32, F.quantile(x, 0.3).dtype());
    assertEquals(2.5, F.quantile(x, 0.3, 0, true).item());
    assertEquals(Shape.of(2), F.quantile(x, Variable.constant(0.1, 1), 0, true, LINEAR).shape());
  }

  @Test
  void mistakesAreExplained() {
    Variable x = Variable.constant(1, 2, 3);
    String share = assertThrows(OptionException.class, () -> F.quantile(x, 1.5)).getMessage();
    assertEquals("quantile: a share of 1.5\n    input 0  (3)\n  hint: between 0 and 1", share);
    String empty =
        assertThrows(ShapeException.class, () -> F.nanQuantile(F.ones(2, 0), 0.5, 1, false))
            .getMessage();
    assertEquals(
        """
        nanQuantile: axis 1 of shape (2, 0) is empty
            input 0  (2, 0)
          hint: the nanQuantile of no elements is not defined""",
        empty);
    Variable matrix = F.zeros(2, 2);
    String shares =
        assertThrows(ShapeException.class, () -> F.quantile(x, matrix, LINEAR)).getMessage();
    assertTrue(shares.startsWith("quantile: shares of shape (2, 2)"), shares);
    assertThrows(DTypeException.class, () -> F.quantile(F.arange(3), 0.5));
  }
}
