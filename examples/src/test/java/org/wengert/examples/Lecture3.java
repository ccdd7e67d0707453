package org.wengert.examples;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.wengert.F;
import org.wengert.Variable;
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
}
