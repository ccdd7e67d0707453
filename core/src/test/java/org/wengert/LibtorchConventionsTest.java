package org.wengert;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.wengert.tensor.Shape;
import org.wengert.tensor.ShapeException;
import org.wengert.tensor.Tensor;

/// Conventions of libtorch that are easily got wrong.
class LibtorchConventionsTest {
  @Test
  void theLargestOfAllGivesItsGradientToTheNaNs() {
    Leaf x = Variable.of(Double.NaN, 1, Double.NaN, 2);
    Variable y = F.max(x);
    y.backward();
    assertTrue(Double.isNaN(y.item()));
    assertArrayEquals(new double[] {0.5, 0, 0.5, 0}, x.grad().toDoubleArray());
  }

  @Test
  void theSmallestOfAllIsSharedByEquals() {
    Leaf x = Variable.of(1, 2, 1);
    F.min(x).backward();
    assertArrayEquals(new double[] {0.5, 0, 0.5}, x.grad().toDoubleArray());
  }

  @Test
  void oneHotCountsTheClassesItself() {
    Variable index = Variable.constant(Tensor.of(2L, 0L));
    assertEquals(Shape.of(2, 3), F.oneHot(index).shape());
    Variable none = Variable.constant(Tensor.arange(0));
    Throwable error = assertThrows(ShapeException.class, () -> F.oneHot(none));
    assertEquals(
        "oneHot: no index says how many classes there are\n  hint: pass the number of classes",
        error.getMessage());
  }
}
