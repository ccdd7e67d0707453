package org.wengert.tensor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class TensorTest {
  private static final Tensor X = Tensor.arange(24).reshape(2, 3, 4);

  private static String problem(Executable failing) {
    return assertThrows(ShapeException.class, failing).problem();
  }

  @Test
  void viewsShareTheStorage() {
    assertSame(X.storage(), X.reshape(6, -1).storage());
    assertSame(X.storage(), X.permute(2, 0, 1).storage());
    assertSame(X.storage(), X.slice(1, 1, 3, 1).storage());
    assertSame(X.storage(), X.slice(2, 0, 1, 1).expand(X.shape()).storage());
    assertSame(X.storage(), X.permute(2, 0, 1).reshape(4, 6).storage()); // 2 and 3 stay neighbours
    assertNotSame(X.storage(), X.permute(2, 1, 0).reshape(12, 2).storage());
  }

  @Test
  void whatIsAlreadyThereIsNotCopied() {
    assertSame(X, X.contiguous());
    assertSame(X, X.reshape(2, 3, 4));
    assertSame(X, X.expand(Shape.of(2, 3, 4)));
    assertNotSame(X.storage(), X.copy().storage());
    Tensor tail = X.slice(0, 1, 2, 1);
    assertTrue(tail.isContiguous());
    assertEquals(12, tail.contiguous().storage().length());
  }

  @Test
  void elementsAreFoundFromBothEnds() {
    assertEquals(23, X.at(-1, -1, -1));
    assertEquals(17, X.longAt(1, 1, 1));
    assertEquals(5.5, Tensor.of(5.5).at());
    assertEquals("index 3 is outside axis 1 of size 3 in (2, 3, 4)", problem(() -> X.at(0, 3, 0)));
    assertEquals("2 indices for a tensor of rank 3 and shape (2, 3, 4)", problem(() -> X.at(0, 1)));
  }

  @Test
  void onlyOneElementIsAnItem() {
    assertEquals(3, Tensor.full(Shape.of(1, 1), 3, DType.FLOAT32).item());
    assertEquals("shape (0) has 0 elements, not one", problem(() -> Tensor.zeros(0).item()));
    assertEquals("shape (2) has 2 elements, not one", problem(() -> Tensor.zeros(2).item()));
  }

  @Test
  void errorsNameTheMethod() {
    names("at", () -> X.at(0, 3, 0));
    names("longAt", () -> X.longAt(1));
    names("item", X::item);
    names("reshape", () -> X.reshape(5, -1));
    names("reshape", () -> X.reshape(Shape.of(5)));
    names("permute", () -> X.permute(0, 1, 3));
    names("slice", () -> X.slice(3, 0, 1, 1));
    names("slice", () -> X.slice(0, 0, 1, 0));
    names("expand", () -> X.expand(Shape.of(4)));
    names("toArray", () -> X.toArray(double[].class));
    names("ofArray", () -> Tensor.ofArray(new int[][] {{1}, {}}));
  }

  private static void names(String method, Executable failing) {
    String text = assertThrows(ShapeException.class, failing).getMessage();
    assertTrue(text.startsWith(method + ": "), text);
  }

  @Test
  void slicesReadTheirEndsAsPythonDoes() {
    Tensor x = Tensor.arange(5);
    assertArrayEquals(new long[] {3, 4}, x.slice(0, -2, 9, 1).toLongArray());
    assertArrayEquals(new long[] {0, 1, 2}, x.slice(0, -9, -2, 1).toLongArray());
    assertArrayEquals(new long[] {1, 3}, x.slice(0, 1, 5, 2).toLongArray());
    assertArrayEquals(new long[] {}, x.slice(0, 4, 1, 1).toLongArray());
    assertArrayEquals(new long[] {}, x.slice(0, 9, 9, 3).toLongArray());
    assertArrayEquals(new long[] {2}, x.slice(0, 2, 5, Integer.MAX_VALUE).toLongArray());
    assertArrayEquals(new long[] {0, 1}, x.slice(0, Integer.MIN_VALUE, 2, 1).toLongArray());
    assertEquals("a slice needs a step of at least 1, got 0", problem(() -> x.slice(0, 0, 5, 0)));
    assertEquals("axis 1 does not exist in a tensor of rank 1", problem(() -> x.slice(1, 0, 1, 1)));
  }

  @Test
  void viewsThatCannotBeAreRefused() {
    assertEquals(
        "24 elements of shape (2, 3, 4) do not fill shape (5, 5)", problem(() -> X.reshape(5, 5)));
    assertEquals("[0, 1] is no order of the 3 axes of (2, 3, 4)", problem(() -> X.permute(0, 1)));
    assertEquals("axis 0 is named twice in [0, 0, -3]", problem(() -> X.permute(0, 0, -3)));
    assertEquals(
        "shape (2, 3, 4) does not expand to (2, 3, 5)", problem(() -> X.expand(Shape.of(2, 3, 5))));
    assertEquals("shape (2, 3, 4) does not expand to (4)", problem(() -> X.expand(Shape.of(4))));
    assertEquals(
        "3 elements do not fill shape (2) of 2",
        problem(() -> Tensor.over(Storage.allocate(DType.BOOL, 3), Shape.of(2))));
  }

  @Test
  void sameBitsTellsZeroFromMinusZeroAndFindsNaNEqual() {
    Tensor x = Tensor.of(0.0, Double.NaN);
    assertTrue(x.sameBits(Tensor.of(0.0, Double.NaN)));
    assertFalse(x.sameBits(Tensor.of(-0.0, Double.NaN)));
    assertFalse(x.sameBits(x.to(DType.FLOAT32)));
    assertFalse(x.sameBits(x.reshape(1, 2)));
    assertTrue(X.permute(2, 1, 0).permute(2, 1, 0).sameBits(X));
    long odd = (1L << 53) + 1;
    assertFalse(Tensor.of(new long[] {odd}).sameBits(Tensor.of(new long[] {odd - 1})));
  }

  @Test
  void factoriesFill() {
    assertArrayEquals(new double[] {1, 1}, Tensor.ones(2).toDoubleArray());
    assertArrayEquals(
        new boolean[] {true}, Tensor.full(Shape.of(1), -2, DType.BOOL).toArray(boolean[].class));
    assertArrayEquals(new long[] {0, 1, 2}, Tensor.arange(3).toLongArray());
    assertEquals(0, Tensor.arange(0).count());
    assertEquals("negative size -1 in shape [-1]", problem(() -> Tensor.arange(-1)));
  }

  @Test
  void oneJavaNumberOrBooleanIsAScalar() {
    for (Tensor scalar :
        new Tensor[] {
          Tensor.of(true),
          Tensor.of((byte) 1),
          Tensor.of((short) 1),
          Tensor.of('\1'),
          Tensor.of(1),
          Tensor.of(1L),
          Tensor.of(1f),
          Tensor.of(1.0)
        }) {
      assertEquals(Shape.SCALAR, scalar.shape(), scalar::toString);
      assertEquals(1, scalar.item());
    }
    assertEquals(DType.BOOL, Tensor.of(true).dtype());
    assertEquals(0, Tensor.of(false).item());
  }
}
