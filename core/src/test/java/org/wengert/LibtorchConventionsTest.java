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
        """
        oneHot: no index says how many classes there are
            input 0  (0)
          hint: pass the number of classes""",
        error.getMessage());
  }

  @Test
  void whatIsLeftOutHasTheDefaultOfPyTorch() {
    Variable x = Variable.constant(new double[][] {{3, 1, Double.NaN}, {2, 5, 4}});
    Variable numbers = F.slice(x, 1, 0, 2, 1);
    same(F.sum(numbers, false, 1), F.sum(numbers, 1));
    same(F.mean(numbers, false), F.mean(numbers));
    same(F.var(numbers, 1, false, 0), F.var(numbers, 0));
    same(F.std(numbers, 1, false), F.std(numbers));
    same(F.amax(numbers, false, 1), F.amax(numbers, 1));
    same(F.amin(numbers, false, 0, 1), F.amin(numbers, 0, 1));
    same(F.logSumExp(numbers, false, 1), F.logSumExp(numbers, 1));
    same(F.any(x, false, 1), F.any(x, 1));
    same(F.all(x, false, 1), F.all(x, 1));
    same(F.nanSum(x, false, 1), F.nanSum(x, 1));
    same(F.nanMean(x, false, 1), F.nanMean(x, 1));
    same(F.prod(numbers, 1, false), F.prod(numbers, 1));
    same(F.max(numbers, 0, false).values(), F.max(numbers, 0).values());
    same(F.min(numbers, 0, false).indices(), F.min(numbers, 0).indices());
    same(F.argMax(numbers, 1, false), F.argMax(numbers, 1));
    same(F.argMin(numbers, 0, false), F.argMin(numbers, 0));
    same(F.sort(x, 1, false).values(), F.sort(x).values());
    same(F.argSort(x, 1, false), F.argSort(x));
    same(F.topk(x, 2, 1, true).values(), F.topk(x, 2).values());
    same(F.arange(2L, 5L, 1L), F.arange(2, 5));
    same(F.arange(0.5, 3.0, 1.0), F.arange(0.5, 3));
  }

  private static void same(Variable expected, Variable actual) {
    assertTrue(expected.value().sameBits(actual.value()), () -> expected + " and " + actual);
  }
}
