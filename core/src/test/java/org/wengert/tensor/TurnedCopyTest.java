package org.wengert.tensor;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TurnedCopyTest {
  @ParameterizedTest
  @EnumSource(DType.class)
  void aCopyOfATurnedMatrixHasItsElements(DType dtype) {
    double[] numbers = new double[70 * 39];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = i % 251;
    }
    Tensor x = Tensor.of(numbers).reshape(70, 39).to(dtype);
    Tensor y = x.permute(1, 0).copy();
    for (int i = 0; i < 70; i++) {
      for (int j = 0; j < 39; j++) {
        assertEquals(x.at(i, j), y.at(j, i), i + ", " + j);
      }
    }
  }
}
