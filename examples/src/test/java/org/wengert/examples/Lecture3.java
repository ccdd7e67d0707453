package org.wengert.examples;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.wengert.F;
import org.wengert.Variable;
import org.wengert.graph.ChainRule;
import org.wengert.graph.Explanation;
import org.wengert.nn.Linear;
import org.wengert.nn.Sequential;
import org.wengert.tensor.DType;
import org.wengert.tensor.Tensor;

/// Lecture 3, Oke: sizes of networks, and two identities.
abstract class Lecture3 {
  @Test
  void threeFourTwoHas26ParametersAndThreeFourThreeTwoHas39() {
    assertEquals(
        26,
        Lesson1GradientDescent.parameterCount(new Sequential(new Linear(3, 4), new Linear(4, 2))));
    assertEquals(
        39,
        Lesson1GradientDescent.parameterCount(
            new Sequential(new Linear(3, 4), new Linear(4, 3), new Linear(3, 2))));
  }

  @Test
  void tanhIsAShiftedAndStretchedSigmoid() {
    Variable x = Variable.constant(Tensor.arange(1_001).to(DType.FLOAT64)).div(100.0).sub(5.0);
    assertArrayEquals(
        x.tanh().value().toDoubleArray(),
        x.mul(2.0).sigmoid().mul(2.0).sub(1.0).value().toDoubleArray(),
        5e-16);
  }

  @Test
  void softmaxDoesNotChangeWhenAllInputsAreShifted() {
    Variable x = Variable.constant(1, 2, 3);
    double[] expected = x.exp().div(x.exp().sum()).value().toDoubleArray();
    assertArrayEquals(expected, F.softmax(x, 0).value().toDoubleArray(), 1e-15);
    assertArrayEquals(expected, F.softmax(x.add(1_000.0), 0).value().toDoubleArray(), 1e-15);
    assertArrayEquals(expected, F.softmax(x.sub(1_000.0), 0).value().toDoubleArray(), 1e-15);
  }

  @Test
  void thePrintedNumbersOfNeuronsAndBiasesAreNotThoseOfTheNetworks() {
    assertEquals("WRONG", Board.verdict("7", 4 + 2));
    for (int m = 1; m < 6; m++) {
      Linear hidden = new Linear(3, m);
      Linear output = new Linear(m, 1);
      assertEquals(m * (3 + 1), hidden.weight().value().count() + output.weight().value().count());
      assertEquals(m + 1, hidden.bias().value().count() + output.bias().value().count());
    }
  }

  @Test
  void theGradientsOfThreeLayersAreTheProductsOfEquations62To64() {
    Lesson3DeepNetworks.Chain net = Lesson3DeepNetworks.Chain.of(3);
    Variable loss = net.loss();
    String[] products = {
      "∂L/∂w1 = ∂L/∂a3 · ∂a3/∂z3 · ∂z3/∂a2 · ∂a2/∂z2 · ∂z2/∂a1 · ∂a1/∂z1 · ∂z1/∂w1",
      "∂L/∂w2 = ∂L/∂a3 · ∂a3/∂z3 · ∂z3/∂a2 · ∂a2/∂z2 · ∂z2/∂w2",
      "∂L/∂w3 = ∂L/∂a3 · ∂a3/∂z3 · ∂z3/∂w3"
    };
    for (int l = 0; l < 3; l++) {
      Explanation why = ChainRule.explain(loss, net.w().get(l));
      assertEquals(products[l], Lesson3DeepNetworks.product(why));
      assertEquals(0, why.difference(), 1e-15);
    }
  }

  @Test
  void theLossesAreSumsAsInEquations14And16() {
    String out = Printed.byMain(Lesson3DeepNetworks::losses);
    assertEquals(3, out.lines().filter(line -> line.endsWith("exact")).count(), out);
  }
}
