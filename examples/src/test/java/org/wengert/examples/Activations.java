package org.wengert.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.wengert.examples.BackpropByHand.d;

import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.wengert.F;
import org.wengert.Leaf;
import org.wengert.Variable;
import org.wengert.tensor.DType;
import org.wengert.tensor.Tensor;

/// Lecture 1, Kofke: the table of activation functions, those of the library and compositions.
abstract class Activations {
  @Test
  void allHaveTheirTabulatedValues() {
    for (Lesson1GradientDescent.Activation activation : Lesson1GradientDescent.ACTIVATIONS) {
      double[] computed = activation.computed();
      for (int i = 0; i < computed.length; i++) {
        Lectures.assertDigits(activation.values().get(i), computed[i]);
      }
    }
  }

  @Test
  void theApproximationsOfGeluAreAsGoodAsStated() {
    Variable x =
        Variable.constant(Tensor.arange(12_001).to(DType.FLOAT64)).sub(6_000.0).div(1_000.0);
    Lectures.assertDigits("4.73e-4", Lesson1GradientDescent.distance(F.gelu(x), F.geluTanh(x)));
    Lectures.assertDigits(
        "2.03e-2",
        Lesson1GradientDescent.distance(F.gelu(x), Lesson1GradientDescent.geluSigmoid(x)));
  }

  @Test
  void eluHasAKinkAtZeroUnlessItsFactorIsOneAndCeluHasNone() {
    assertEquals(2, slope(x -> F.elu(x, 2), -1e-9), 1e-8);
    assertEquals(1, slope(x -> F.elu(x, 2), 1e-9), 1e-8);
    assertEquals(1, slope(x -> F.elu(x, 1), -1e-9), 1e-8);
    assertEquals(1, slope(x -> F.celu(x, 2), -1e-9), 1e-8);
  }

  private static double slope(UnaryOperator<Variable> f, double at) {
    Leaf x = Variable.of(at);
    return d(f.apply(x), x);
  }
}
