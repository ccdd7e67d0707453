package org.wengert;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.wengert.tensor.DType;
import org.wengert.tensor.OptionException;
import org.wengert.tensor.Shape;
import org.wengert.tensor.ShapeException;
import org.wengert.tensor.Tensor;
import org.wengert.tensor.WengertException;

/// Views, edges and messages of the functions that rearrange, and folds of nothing.
class ShapeFunctionsTest {
  private final Variable x = F.arange(6).reshape(2, 3);

  @Test
  void whatCanBeAViewIsOne() {
    for (Variable view :
        List.of(
            F.view(x, 3, -1),
            F.unflatten(x, 1, 3, 1),
            F.moveDim(x, 0, 1),
            F.expand(x.reshape(2, 1, 3), -1, 4, -1),
            F.narrow(x, 1, -2, 2),
            F.diagonal(x, 1, 0, 1),
            F.chunk(x, 2, 1).getLast())) {
      assertSame(x.value().storage(), view.value().storage(), view.toString());
    }
  }

  @Test
  void aCloneHasNumbersOfItsOwn() {
    Leaf x = Variable.of(1, 2, 3);
    Variable y = F.clone(x);
    x.value().storage().put(0, 9.0);
    assertArrayEquals(new double[] {1, 2, 3}, y.value().toDoubleArray());
    y.square().sum().backward();
    assertArrayEquals(new double[] {2, 4, 6}, x.grad().toDoubleArray());
    Variable part = y.slice(0, 1, 2);
    assertEquals(1, F.clone(part).value().storage().length());
    assertSame(part, F.contiguous(part));
    Variable turned = Variable.of(new double[][] {{1, 2}, {3, 4}}).transpose(0, 1);
    assertFalse(turned.value().isContiguous());
    assertTrue(F.contiguous(turned).value().isContiguous());
    assertTrue(F.contiguous(turned).requiresGrad());
  }

  @Test
  void anotherVariableGivesTheShape() {
    Variable x = F.arange(3);
    Variable matrix = F.zeros(2, 3);
    assertEquals(Shape.of(2, 3), F.expandAs(x, matrix).shape());
    assertEquals(Shape.of(2, 3), F.viewAs(F.arange(6), matrix).shape());
    Variable turned = F.arange(6).reshape(3, 2).transpose(0, 1);
    Variable line = F.zeros(6);
    assertEquals(Shape.of(6), F.reshapeAs(turned, line).shape());
    assertThrows(ShapeException.class, () -> F.viewAs(turned, line));
  }

  @Test
  void sizesOfZeroAndScalarsHaveTheirPlace() {
    Variable none = x.slice(1, 0, 0);
    assertEquals(Shape.of(2, 0), F.flip(none, 0, 1).shape());
    assertEquals(Shape.of(2, 0), F.cumProd(none, 1).shape());
    assertEquals(Shape.of(2, 2), F.pad(none, new int[] {1, 1}, 7).shape());
    assertEquals(Shape.of(0, 2), F.nonzero(none).shape());
    assertEquals(Shape.of(2, 0, 0), F.diagEmbed(none, 0).shape());
    assertArrayEquals(new long[] {1, 1}, F.prod(none, 1, false).value().toLongArray());
    assertEquals(1, F.all(none, false).item());
    assertEquals(0, F.any(none, false).item());
    Variable scalar = Variable.constant(3.0);
    assertEquals(3, F.cumSum(scalar, 0).item());
    assertEquals(3, F.sort(scalar, -1, false).values().item());
    assertEquals(3, F.max(scalar, 0, false).values().item());
    assertEquals(Shape.of(1), F.flatten(scalar).shape());
  }

  @Test
  void integersStayIntegers() {
    assertEquals(DType.INT64, F.cumProd(x.to(DType.INT32), 0).dtype());
    assertEquals(DType.INT64, F.cumSum(x.gt(2), 0).dtype());
    assertEquals(DType.INT32, F.pad(x.to(DType.INT32), 1, 1).dtype());
    assertEquals(DType.BOOL, F.amin(x.gt(2), false).dtype());
    assertEquals(DType.INT64, F.arange(5).dtype());
    assertEquals(DType.FLOAT64, F.linspace(0, 1, 3).dtype());
    assertEquals(DType.FLOAT32, F.eye(2, 2).dtype());
    assertArrayEquals(new double[] {5}, F.linspace(5, 9, 1).value().toDoubleArray());
  }

  @Test
  void aPictureGridHasItsFirstVectorToTheRight() {
    Variable right = Variable.constant(1, 2, 3);
    Variable down = Variable.constant(7, 8);
    List<Variable> grid = F.meshgridXY(List.of(right, down));
    assertEquals(Shape.of(2, 3), grid.getFirst().shape());
    assertEquals(3, grid.getFirst().value().at(0, 2));
    assertEquals(8, grid.getLast().value().at(1, 0));
  }

  @Test
  void aRunningSumOfFloatsIsRoundedOnce() {
    Variable ones = Variable.constant(Tensor.full(Shape.of(1000), 0.1, DType.FLOAT32));
    float last = (float) F.cumSum(ones, 0).value().at(-1);
    assertEquals((float) (1000 * (double) 0.1f), last);
  }

  @Test
  void aLongSumOfExponentialsNeitherOverflowsNorVanishes() {
    Leaf line = Variable.of(-1000, 0, 1000, 1000);
    Variable y = F.logCumSumExp(line, 0);
    assertArrayEquals(
        new double[] {-1000, 0, 1000, 1000 + Math.log(2)}, y.value().toDoubleArray(), 1e-12);
    y.sum().backward();
    assertArrayEquals(new double[] {1, 1, 1.5, 0.5}, line.grad().toDoubleArray(), 1e-12);
  }

  @Test
  void theGradientAtTheZeroVectorIsZero() {
    for (double p : new double[] {0.5, 1, 2, 3, Double.POSITIVE_INFINITY}) {
      Leaf zero = Variable.of(0.0, 0.0);
      F.norm(zero, p, false).backward();
      assertArrayEquals(new double[] {0, 0}, zero.grad().toDoubleArray(), "p = " + p);
    }
    Leaf equal = Variable.of(2, 2, 2);
    F.std(equal, 1, false).backward();
    assertArrayEquals(new double[] {0, 0, 0}, equal.grad().toDoubleArray());
  }

  @Test
  void mistakesAreExplained() {
    refuses(
        "view: shape (3, 2) cannot be seen as (6) in place", () -> F.view(x.transpose(0, 1), 6));
    refuses("flatten: axis 1 comes after axis 0", () -> F.flatten(x, 1, 0));
    refuses("unflatten: axis 1 of size 3 is no (2, 2)", () -> F.unflatten(x, 1, 2, 2));
    refuses("t: a tensor of 3 axes is no matrix", () -> F.t(x.reshape(1, 2, 3)));
    refuses("moveDim: 2 axes have 1 dest", () -> F.moveDim(x, new int[] {0, 1}, new int[] {0}));
    refuses("meshgrid: shape (2, 3) is no vector", () -> F.meshgrid(List.of(x)));
    refuses("repeat: 1 repeats for the 2 axes of (2, 3)", () -> F.repeat(x, 2));
    refuses("narrow: 3 indices from 1 leave axis 1 of (2, 3)", () -> F.narrow(x, 1, 1, 3));
    refuses("split: pieces of size 0", () -> F.split(x, 0, 0));
    refuses("split: pieces of 2 in all", () -> F.split(x, new int[] {1, 1}, 1));
    refuses("chunk: 0 chunks", () -> F.chunk(x, 0, 0));
    refuses("diag: shape (1, 2, 3)", () -> F.diag(x.reshape(1, 2, 3), 0));
    refuses("pad: 3 paddings", () -> F.pad(x, 1, 2, 3));
    refuses("pad: paddings of -2 and -2 leave axis 1 of (2, 3) with -1", () -> F.pad(x, -2, -2));
    refuses(
        "pad: a padding of 3 beyond axis 1 of (2, 3)",
        () -> F.pad(x, new int[] {3, 0}, PadMode.REFLECT));
    refuses("roll: 1 shifts for 2 axes", () -> F.roll(x, new int[] {1}, new int[] {0, 1}));
    refuses("tril: shape (6) holds no matrices", () -> F.tril(x.reshape(6), 0));
    refuses("unfold: windows of 4 every 1 along axis 1", () -> F.unfold(x, 1, 4, 1));
    refuses("im2col: shape (2, 3) has 2 axes", () -> F.im2col(x, p(), p(), p(), p()));
    refuses("repeatInterleave: 2 repeats for axis 1", () -> F.repeatInterleave(x, F.arange(2), 1));
    refuses(
        "scatter: values of shape (1) meet indices of shape (2, 1)",
        () -> F.scatter(x, 0, F.arange(2).reshape(2, 1), F.arange(1)));
    refuses(
        "maskedScatter: 1 values for 3 true places",
        () -> F.maskedScatter(x, x.gt(2), F.arange(1)));
    refuses(
        "selectScatter: values of shape (2) for a part of shape (3)",
        () -> F.selectScatter(x, F.arange(2), 0, 1));
    refuses("asStrided: 1 sizes and 2 strides", () -> F.asStrided(x, new int[] {1}, p(), 0));
    assertThrows(OptionException.class, () -> F.arange(0, 1, 0.0));
    assertThrows(OptionException.class, () -> F.arange(0, 5, -1));
  }

  private static int[] p() {
    return new int[] {1, 1};
  }

  private static void refuses(String start, Executable call) {
    String text = assertThrows(WengertException.class, call).getMessage();
    assertTrue(text.startsWith(start), text);
    assertTrue(text.contains("hint: "), text);
  }
}
