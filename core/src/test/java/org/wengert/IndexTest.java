package org.wengert;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.wengert.Index.all;
import static org.wengert.Index.at;
import static org.wengert.Index.ellipsis;
import static org.wengert.Index.every;
import static org.wengert.Index.from;
import static org.wengert.Index.index;
import static org.wengert.Index.mask;
import static org.wengert.Index.newAxis;
import static org.wengert.Index.range;
import static org.wengert.Index.upTo;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.wengert.tensor.DTypeException;
import org.wengert.tensor.Shape;
import org.wengert.tensor.ShapeException;
import org.wengert.tensor.Tensor;
import org.wengert.tensor.WengertException;

/// What indexing gives and what it refuses.
class IndexTest {
  private final Variable x = F.arange(24).reshape(2, 3, 4).named("x");

  @Test
  void integersAndRangesGiveViews() {
    Variable y = x.get(at(1), from(1), every(2));
    assertArrayEquals(new long[] {16, 18, 20, 22}, y.value().toLongArray());
    assertSame(x.value().storage(), y.value().storage());
    assertEquals(Shape.of(1, 2, 3, 2), x.get(newAxis(), ellipsis(), range(1, 3)).shape());
    assertEquals(Shape.of(2, 3, 1), x.get(ellipsis(), upTo(-3)).shape());
    assertSame(x, x.get());
  }

  @Test
  void aMaskOfSeveralAxesLeavesOne() {
    Variable wanted = F.eq(x, F.zerosLike(x).add(13L));
    assertArrayEquals(new long[] {13}, x.get(mask(wanted)).value().toLongArray());
    Tensor rows = Tensor.of(true, false, false, false, true, false).reshape(2, 3);
    assertEquals(Shape.of(2, 4), x.get(mask(rows)).shape());
    assertEquals(Shape.of(2, 4), x.get(index(rows)).shape());
    assertEquals(Shape.of(0), x.get(mask(F.ne(x, x))).shape());
  }

  @Test
  void aScalarMaskLeavesANewAxis() {
    Tensor yes = Tensor.of(true);
    Tensor no = Tensor.of(false);
    assertEquals(Shape.of(1, 2, 3, 4), x.get(mask(yes)).shape());
    assertEquals(Shape.of(0, 2, 3, 4), x.get(mask(no)).shape());
    assertEquals(Shape.of(2, 1, 3, 4), x.get(all(), mask(yes)).shape());
    assertEquals(Shape.of(2, 3, 4), x.get(mask(yes), index(0, 1)).shape());
    Leaf number = Variable.of(5.0);
    F.maskedSelect(number, Variable.constant(yes)).square().sum().backward();
    assertEquals(10, number.grad().item());
    assertEquals(Shape.of(0), F.maskedSelect(number, Variable.constant(no)).shape());
  }

  @Test
  void aNullIndexIsExplained() {
    String text = assertThrows(ShapeException.class, () -> x.get(at(0), null)).getMessage();
    assertEquals(
        """
        get: index 1 of 2 is null
            input 0  x  (2, 3, 4)
          hint: newAxis() is Python's None, all() takes the whole axis""",
        text);
    assertThrows(ShapeException.class, () -> x.get((Index) null));
  }

  @Test
  void asStridedSaysWhichPlacesItWouldRead() {
    Variable line = F.arange(12).named("line");
    assertEquals(11, F.asStrided(line, new int[] {2, 3}, new int[] {7, 2}, 0).value().longAt(1, 2));
    String text =
        assertThrows(
                ShapeException.class,
                () -> F.asStrided(line, new int[] {2, 3}, new int[] {7, 2}, 1))
            .getMessage();
    assertEquals(
        """
        asStrided: places 1 to 12 are read, but there are only 0 to 11
            input 0  line  (12)
          hint: offset + Σ (size - 1) · stride must stay below 12""",
        text);
    String before =
        assertThrows(
                ShapeException.class, () -> F.asStrided(line, new int[] {2}, new int[] {-1}, 0))
            .getMessage();
    assertTrue(before.startsWith("asStrided: places -1 to 0 are read"), before);
    assertEquals(0, F.asStrided(line, new int[] {0}, new int[] {1}, 99).size(0));
  }

  @Test
  void separatedIndexTensorsComeFirst() {
    assertEquals(Shape.of(2, 3), x.get(index(0, 1), all(), index(3, -1)).shape());
    assertEquals(Shape.of(3, 2), x.get(at(0), all(), index(3, -1)).shape());
    assertEquals(Shape.of(2, 2), x.get(all(), index(0, 1), index(3, -1)).shape());
  }

  @Test
  void mistakesAreExplained() {
    refuses("index 4 is outside an axis of size 4", () -> x.get(at(0), all(), at(4)));
    refuses("4 axes are indexed in a tensor of rank 3", () -> x.get(all(), all(), all(), at(0)));
    refuses("more than one ellipsis", () -> x.get(ellipsis(), ellipsis()));
    refuses("index 5 is outside an axis of size 3", () -> x.get(all(), index(0, 5)));
    refuses(
        "a mask of shape (2) meets axes of sizes (3)",
        () -> x.get(at(0), mask(Tensor.of(true, false))));
    refuses("a slice needs a step of at least 1, got -1", () -> x.get(every(-1)));
    WengertException e = assertThrows(DTypeException.class, () -> x.get(mask(Tensor.of(1L, 0L))));
    assertEquals(
        """
        get: a mask of type INT64
            input 0  x  (2, 3, 4) INT64
          hint: compare, or convert with to(BOOL)""",
        e.getMessage());
    assertThrows(DTypeException.class, () -> x.get(index(Tensor.of(0.5))));
  }

  private static void refuses(String problem, Executable read) {
    String text = assertThrows(ShapeException.class, read).getMessage();
    assertTrue(text.startsWith("get: " + problem), text);
    assertTrue(text.contains("input 0  x  (2, 3, 4)"), text);
  }

  @Test
  void theLastValueWrittenStaysAndItAloneHasAGradient() {
    Leaf old = Variable.of(1, 2, 3);
    Leaf values = Variable.of(10, 20, 30);
    Variable y = F.indexPut(old, List.of(index(0, 2, 0)), values, false);
    assertArrayEquals(new double[] {30, 2, 20}, y.value().toDoubleArray());
    y.mul(Variable.constant(1, 5, 7)).sum().backward();
    assertArrayEquals(new double[] {0, 5, 0}, old.grad().toDoubleArray());
    assertArrayEquals(new double[] {0, 7, 1}, values.grad().toDoubleArray());
  }

  @Test
  void whatIsOverwrittenLeaksNoNaN() {
    Leaf old = Variable.of(Double.NaN, 2);
    Variable y = F.indexPut(old, List.of(at(0)), Variable.constant(1.0), false);
    y.square().sum().backward();
    assertArrayEquals(new double[] {0, 4}, old.grad().toDoubleArray());
  }

  @Test
  void valuesOfAnotherTypeAreRefused() {
    String text =
        assertThrows(
                DTypeException.class,
                () -> F.indexPut(x, List.of(at(0)), Variable.constant(1.5), false))
            .getMessage();
    assertEquals(
        """
        indexPut: FLOAT64 values for a variable of type INT64
            input 0  x  (2, 3, 4) INT64
            input 1     () FLOAT64
          hint: convert with to(INT64)""",
        text);
  }

  @Test
  void scalarsAreReadAndWrittenAsVectorsOfOneElement() {
    Variable zero = Variable.constant(Tensor.of(0L));
    Variable zeros = Variable.constant(Tensor.of(new long[] {0}));
    for (Variable at : List.of(zero, zeros)) {
      Leaf x = Variable.of(5.0);
      Leaf more = Variable.of(2.0);
      assertScalar(5, F.indexSelect(x, 0, at));
      assertScalar(7, F.scatterAdd(x, 0, at, more));
      assertScalar(9, F.indexAdd(x, 0, at, more, 2));
      assertScalar(2, F.indexCopy(x, 0, at, more));
      assertScalar(8, F.indexFill(x, 0, at, 8));
      assertScalar(10, F.scatterReduce(x, 0, at, more, ScatterReduce.PROD, true));
      assertScalar(7, F.scatterReduce(x, 0, at, more, ScatterReduce.SUM, true));
      assertScalar(3.5, F.scatterReduce(x, 0, at, more, ScatterReduce.MEAN, true));
      assertScalar(5, F.scatterReduce(x, 0, at, more, ScatterReduce.AMAX, true));
      assertScalar(2, F.scatterReduce(x, 0, at, more, ScatterReduce.AMIN, true));
      F.indexAdd(x, 0, at, more, 2).mul(F.scatterAdd(x, 0, at, more)).backward();
      assertEquals(7 + 9, x.grad().item());
      assertEquals(2 * 7 + 9, more.grad().item());
    }
  }

  private static void assertScalar(double expected, Variable actual) {
    assertEquals(Shape.SCALAR, actual.shape());
    assertEquals(expected, actual.item());
  }

  @Test
  void aScalarIndexIsAVectorOfOne() {
    Variable row = Variable.constant(1.0, 2.0, 3.0);
    Variable one = Variable.constant(Tensor.of(1L));
    Variable ten = Variable.constant(10.0);
    assertArrayEquals(new double[] {2}, F.indexSelect(row, 0, one).value().toDoubleArray());
    double[] added = F.indexAdd(row, 0, one, ten.reshape(1), 1).value().toDoubleArray();
    assertArrayEquals(new double[] {1, 12, 3}, added);
  }
}
