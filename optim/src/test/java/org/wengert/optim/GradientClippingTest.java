package org.wengert.optim;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.wengert.GradientException;
import org.wengert.Parameter;
import org.wengert.tensor.DType;
import org.wengert.tensor.OptionException;
import org.wengert.tensor.Shape;
import org.wengert.tensor.Tensor;

class GradientClippingTest {
  private static Parameter withGradient(Tensor gradient) {
    Parameter parameter = new Parameter(gradient).named("w");
    parameter.setGrad(gradient);
    return parameter;
  }

  @Test
  void smallGradientsStayUntouched() {
    Tensor gradient = Tensor.of(3f, 4f);
    Parameter p = withGradient(gradient);
    assertEquals(5, GradientClipping.clipByNorm(List.of(p), 5.1), 1e-12);
    assertSame(gradient, p.grad());
  }

  @Test
  void largeGradientsAreScaledTogetherAndKeepTheirType() {
    Parameter a = withGradient(Tensor.of(new float[] {3}));
    Parameter b = withGradient(Tensor.of(new float[] {4}));
    assertEquals(5, GradientClipping.clipByNorm(List.of(a, b), 1), 1e-12);
    assertEquals(DType.FLOAT32, a.grad().dtype());
    assertEquals(0.6, a.grad().at(0), 1e-6);
    assertEquals(0.8, b.grad().at(0), 1e-6);
  }

  @Test
  void aSharedGradientIsScaledOnceForEachOwner() {
    Tensor shared = Tensor.of(3.0, 4.0);
    List<Parameter> both = List.of(withGradient(shared), withGradient(shared));
    double norm = GradientClipping.clipByNorm(both, 1);
    for (Parameter p : both) {
      assertArrayEquals(new double[] {3 / norm, 4 / norm}, p.grad().toDoubleArray(), 1e-6);
    }
    assertArrayEquals(new double[] {3, 4}, shared.toDoubleArray());
  }

  @Test
  void expandedGradientsCountEveryElement() {
    Parameter p = new Parameter(Tensor.zeros(Shape.of(2, 2), DType.FLOAT64));
    p.setGrad(Tensor.of(1.0).expand(Shape.of(2, 2)));
    assertEquals(2, GradientClipping.clipByNorm(List.of(p), Double.POSITIVE_INFINITY), 1e-15);
  }

  @Test
  void squaresDoNotOverflow() {
    Parameter p = withGradient(Tensor.of(3e200, 4e200));
    assertEquals(5e200, GradientClipping.clipByNorm(List.of(p), 1), 1e186);
    assertEquals(0.6, p.grad().at(0), 1e-12);
  }

  @Test
  void parametersWithoutGradientAreLeftAlone() {
    Parameter p = new Parameter(Tensor.of(1.0));
    assertEquals(0, GradientClipping.clipByNorm(List.of(p), 1));
    GradientClipping.clipByValue(List.of(p), 1);
    assertNull(p.grad());
  }

  @Test
  void aNormThatIsNotFiniteNamesTheParameterWhenAsked() {
    for (double bad : new double[] {Double.NaN, Double.POSITIVE_INFINITY}) {
      Parameter fine = withGradient(Tensor.of(1.0));
      Parameter p = withGradient(Tensor.of(1.0, bad)).named("head.weight");
      String message =
          assertThrows(
                  GradientException.class,
                  () -> GradientClipping.clipByNorm(List.of(fine, p), 1, 2, true))
              .getMessage();
      assertTrue(
          message.startsWith(
              "the gradient of 'head.weight' of shape (2) is not finite: " + bad + "\n  hint: "),
          message);
      assertEquals(1, p.grad().at(0));
      assertEquals(bad, GradientClipping.clipByNorm(List.of(fine, p), 1));
    }
  }

  @Test
  void withAnInfiniteMaximumNoGradientIsTouchedEvenIfTheNormIsNotFinite() {
    for (double bad : new double[] {Double.NaN, Double.POSITIVE_INFINITY}) {
      Tensor gradient = Tensor.of(1.0, bad);
      Parameter p = withGradient(gradient);
      assertEquals(bad, GradientClipping.clipByNorm(List.of(p), Double.POSITIVE_INFINITY));
      assertSame(gradient, p.grad());
    }
  }

  @Test
  void argumentsOutsideTheirDomainAreRefused() {
    assertThrows(OptionException.class, () -> GradientClipping.clipByNorm(List.of(), -1));
    assertThrows(OptionException.class, () -> GradientClipping.clipByNorm(List.of(), 1, 0, false));
    assertEquals(
        """
        clipByValue: maxValue is NaN, but must be at least 0
          hint: for example maxValue 1.0""",
        assertThrows(
                OptionException.class, () -> GradientClipping.clipByValue(List.of(), Double.NaN))
            .getMessage());
  }
}
