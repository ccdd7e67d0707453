package org.wengert.tensor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class JavaArraysTest {
  private static String shapeProblem(Object array) {
    return assertThrows(ShapeException.class, () -> Tensor.ofArray(array)).problem();
  }

  @Test
  void arraysOfEveryTypeComeBack() {
    float[][] floats = {{1, Float.NaN}, {-0f, 3}};
    double[][][] doubles = {{{1, 2}}, {{3, 4}}, {{5, 6}}};
    int[] ints = {Integer.MIN_VALUE, 7};
    long[][][][] longs = {{{{(1L << 53) + 1}}}};
    byte[][] bytes = {{0, 127}, {-128, -1}};
    boolean[][] flags = {{true, false}, {false, true}};
    assertArrayEquals(floats, Tensor.ofArray(floats).toArray(float[][].class));
    assertArrayEquals(doubles, Tensor.ofArray(doubles).toArray(double[][][].class));
    assertArrayEquals(ints, Tensor.ofArray(ints).toArray(int[].class));
    assertArrayEquals(longs, Tensor.ofArray(longs).toArray(long[][][][].class));
    assertArrayEquals(bytes, Tensor.ofArray(bytes).toArray(byte[][].class));
    assertArrayEquals(flags, Tensor.ofArray(flags).toArray(boolean[][].class));
    assertEquals(DType.BOOL, Tensor.ofArray(flags).dtype());
    assertEquals(Shape.of(3, 1, 2), Tensor.ofArray(doubles).shape());
  }

  @Test
  void aTensorKeepsNoHoldOfTheArray() {
    double[] values = {1, 2};
    Tensor x = Tensor.ofArray(values);
    values[0] = 9;
    x.toArray(double[].class)[1] = 9;
    x.toDoubleArray()[1] = 9;
    assertArrayEquals(new double[] {1, 2}, x.toDoubleArray());
  }

  @Test
  void boxedNumbersAreNumbers() {
    assertEquals(DType.INT64, Tensor.ofArray(new Long[][] {{1L, 2L}}).dtype());
    assertEquals(DType.FLOAT32, Tensor.ofArray(new Float[] {1f}).dtype());
    assertEquals(255, Tensor.ofArray(new Byte[] {-1}).longAt(0));
    assertEquals(DType.BOOL, Tensor.ofArray(new Boolean[] {true}).dtype());
    assertEquals(Long.MAX_VALUE, Tensor.ofArray(Long.MAX_VALUE).longAt());
    assertEquals(Shape.SCALAR, Tensor.ofArray(2.5f).shape());
  }

  @Test
  void numbersComeOutAsUnsignedBytes() {
    assertArrayEquals(new byte[] {-1, 7, 0}, Tensor.of(255, 7, 256).toArray(byte[].class));
    assertArrayEquals(new byte[] {-56, -1}, Tensor.of(200.9, -1).toArray(byte[].class));
    assertArrayEquals(new int[] {200}, Tensor.of(new byte[] {-56}).toArray(int[].class));
  }

  @Test
  void arraysWithoutElementsKeepTheSizesTheyHave() {
    assertEquals(Shape.of(3, 0), Tensor.ofArray(new double[3][0]).shape());
    assertEquals(Shape.of(0, 0), Tensor.ofArray(new double[0][3]).shape()); // Java forgets the 3
    assertEquals(Shape.of(0), Tensor.ofArray(new int[0]).shape());
    assertEquals(DType.INT32, Tensor.ofArray(new int[0]).dtype());
    assertEquals(Shape.of(2, 0, 0), Tensor.ofArray(new float[2][0][5]).shape());
  }

  @Test
  void emptyTensorsGiveEmptyArrays() {
    assertArrayEquals(new double[3][0], Tensor.zeros(3, 0).toArray(double[][].class));
    assertArrayEquals(new double[0][], Tensor.zeros(0, 3).toArray(double[][].class));
    assertArrayEquals(new float[2][0][], Tensor.zeros(2, 0, 4).toArray(float[][][].class));
    Tensor tail = Tensor.arange(5).slice(0, 5, 5, 1);
    assertArrayEquals(new long[0], tail.toArray(long[].class));
    assertArrayEquals(new double[0], tail.toDoubleArray());
    assertArrayEquals(new float[0], Tensor.zeros(0).toFloatArray());
  }

  @Test
  void viewsAreConvertedAsTheyLook() {
    Tensor x = Tensor.of(new double[][] {{1, 2, 3}, {4, 5, 6}}).permute(1, 0).slice(0, 0, 3, 2);
    assertArrayEquals(new double[][] {{1, 4}, {3, 6}}, x.toArray(double[][].class));
    assertArrayEquals(new long[] {1, 4, 3, 6}, x.toLongArray());
    assertArrayEquals(new float[] {1, 4, 3, 6}, x.toFloatArray());
  }

  @Test
  void raggedRowsAreRefused() {
    assertEquals(
        "rows of axis 1 differ: 2 elements in the first, 3 in another",
        shapeProblem(new double[][] {{1, 2}, {1, 2, 3}}));
    assertEquals(
        "rows of axis 1 differ: 1 elements in the first, 0 in another",
        shapeProblem(new int[][] {{1}, {}}));
    assertEquals(
        "rows of axis 1 differ: 0 elements in the first, 1 in another",
        shapeProblem(new int[][] {{}, {1}}));
    assertEquals(
        "rows of axis 2 differ: 1 elements in the first, 2 in another",
        shapeProblem(new long[][][] {{{1}, {2}}, {{3}, {4, 5}}}));
  }

  @Test
  void nullRowsAreRefused() {
    assertEquals(
        "rows of axis 1 differ: 1 elements in the first, null in another",
        shapeProblem(new double[][] {{1}, null}));
    assertEquals(
        "rows of axis 1 differ: 0 elements in the first, null in another",
        shapeProblem(new double[][] {null, {1}}));
  }

  @Test
  void nullElementsAreRefused() {
    DTypeException error =
        assertThrows(DTypeException.class, () -> Tensor.ofArray(new Double[] {1.0, null}));
    assertEquals("no number: null", error.problem());
  }

  @Test
  void otherElementsAreRefused() {
    for (Object array :
        new Object[] {new String[] {"1"}, new char[] {'a'}, new Object[] {1.0}, "text"}) {
      String problem = assertThrows(DTypeException.class, () -> Tensor.ofArray(array)).problem();
      assertEquals("no tensor holds elements of type", problem.substring(0, 32));
    }
    assertThrows(DTypeException.class, () -> Tensor.of(1.0, 2.0).toArray(String[].class));
  }

  @Test
  void theArrayNeedsTheTensorsRank() {
    ShapeException error =
        assertThrows(ShapeException.class, () -> Tensor.zeros(2, 3).toArray(double[].class));
    assertEquals(
        "toArray: a tensor of rank 2 is no double[]\n  hint: the array needs one pair of brackets for each"
            + " axis of (2, 3); item() gives a scalar",
        error.getMessage());
    assertThrows(ShapeException.class, () -> Tensor.of(1.0).toArray(Double.class));
  }
}
