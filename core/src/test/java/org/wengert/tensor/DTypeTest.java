package org.wengert.tensor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DTypeTest {
  private static final DType[] TYPES = {
    DType.BOOL, DType.UINT8, DType.INT32, DType.INT64, DType.FLOAT32, DType.FLOAT64
  };

  /// torch.promote_types: rows and columns bool, uint8, int32, int64, float32, float64.
  private static final String[] TENSORS = {
    "builfd", "uuilfd", "iiilfd", "llllfd", "fffffd", "dddddd"
  };

  /// torch.result_type of a tensor with axes (row) and a 0-d tensor (column).
  private static final String[] WITH_SCALAR = {
    "builfd", "uuuufd", "iiiifd", "llllfd", "ffffff", "dddddd"
  };

  @Test
  void tensorsPromoteAsInPyTorch() {
    for (int row = 0; row < TYPES.length; row++) {
      for (int column = 0; column < TYPES.length; column++) {
        DType expected = TYPES["builfd".indexOf(TENSORS[row].charAt(column))];
        Tensor a = Tensor.zeros(Shape.of(2), TYPES[row]);
        Tensor b = Tensor.zeros(Shape.of(1), TYPES[column]);
        assertEquals(expected, DType.promote(a, b), a + " " + b);
        assertEquals(expected, DType.promote(TYPES[row], TYPES[column]));
        assertEquals(expected, DType.promote(a.slice(0, 0, 1, 1).reshape(), b.reshape()));
      }
    }
  }

  @Test
  void scalarsYieldWithinTheirCategoryAsInPyTorch() {
    for (int row = 0; row < TYPES.length; row++) {
      for (int column = 0; column < TYPES.length; column++) {
        DType expected = TYPES["builfd".indexOf(WITH_SCALAR[row].charAt(column))];
        Tensor a = Tensor.zeros(Shape.of(2), TYPES[row]);
        Tensor b = Tensor.zeros(Shape.SCALAR, TYPES[column]);
        assertEquals(expected, DType.promote(a, b), a + " " + b);
        assertEquals(expected, DType.promote(b, a), b + " " + a);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "2.5, 2, true",
    "-2.9, -2, true",
    "0.4, 0, true",
    "-0.0, 0, false",
    "NaN, 0, true",
    "Infinity, 2147483647, true",
    "-1e300, -2147483648, true"
  })
  void fractionsAreCutOffAndNotZeroIsTrue(double value, int integer, boolean truth) {
    Tensor x = Tensor.of(new double[] {value});
    assertArrayEquals(new int[] {integer}, x.to(DType.INT32).toArray(int[].class));
    assertArrayEquals(new boolean[] {truth}, x.to(DType.BOOL).toArray(boolean[].class));
  }

  @Test
  void doublesRoundToTheNearestFloat() {
    double half = 1 + 0x1p-24; // between two floats: to the even one
    assertEquals(1.0, Tensor.of(half).to(DType.FLOAT32).item());
    assertEquals(1 + 0x1p-23, Tensor.of(Math.nextUp(half)).to(DType.FLOAT32).item());
    assertEquals(Double.POSITIVE_INFINITY, Tensor.of(1e39).to(DType.FLOAT32).item());
  }

  @Test
  void largeIntegersAreRoundedOnceOnly() {
    long justAboveHalf = (1L << 60) + (1L << 36) + 1; // as a double it is exactly half
    Tensor x = Tensor.of(new long[] {justAboveHalf});
    assertEquals((float) justAboveHalf, x.to(DType.FLOAT32).item());
    assertEquals((double) justAboveHalf, x.to(DType.FLOAT64).item());
  }

  @Test
  void integersKeepEveryBit() {
    long odd = (1L << 53) + 1;
    Tensor x = Tensor.of(new long[] {odd, Long.MIN_VALUE, Long.MAX_VALUE});
    assertArrayEquals(new long[] {odd, Long.MIN_VALUE, Long.MAX_VALUE}, x.toLongArray());
    assertEquals(odd, x.slice(0, 0, 3, 2).copy().longAt(0));
    assertArrayEquals(new int[] {1, 0, -1}, x.to(DType.INT32).toArray(int[].class));
    assertArrayEquals(new boolean[] {true, true, true}, x.to(DType.BOOL).toArray(boolean[].class));
    assertArrayEquals(
        new long[] {1, 0}, Tensor.of(true, false).to(DType.INT64).toArray(long[].class));
  }

  @ParameterizedTest
  @CsvSource({
    "2.5, 2",
    "255.9, 255",
    "256, 0",
    "300.7, 44",
    "-0.9, 0",
    "-1, 255",
    "-300.5, 212",
    "NaN, 0"
  })
  void unsignedBytesKeepTheLowEightBits(double value, int left) {
    assertEquals(left, Tensor.of(value).to(DType.UINT8).longAt());
    assertEquals(left, Tensor.of((float) value).to(DType.UINT8).item());
    assertEquals(left, Tensor.of((long) value).to(DType.UINT8).longAt());
    assertEquals(left, Tensor.of((int) value).to(DType.UINT8).item());
  }

  @Test
  void unsignedBytesHaveNoSignInAnyType() {
    Tensor x = Tensor.of((byte) 0, (byte) 127, (byte) -128, (byte) -1);
    assertEquals(DType.UINT8, x.dtype());
    assertEquals(255, Tensor.of((byte) -1).longAt());
    assertEquals(DType.UINT8, Tensor.of((byte) -1).dtype());
    assertArrayEquals(new double[] {0, 127, 128, 255}, x.toDoubleArray());
    assertArrayEquals(new float[] {0, 127, 128, 255}, x.toFloatArray());
    assertArrayEquals(new long[] {0, 127, 128, 255}, x.toLongArray());
    assertArrayEquals(new int[] {0, 127, 128, 255}, x.to(DType.INT32).toArray(int[].class));
    assertArrayEquals(
        new boolean[] {false, true, true, true}, x.to(DType.BOOL).toArray(boolean[].class));
    assertEquals(255, Tensor.full(Shape.SCALAR, 255, DType.UINT8).item());
  }

  @Test
  void theSameTypeIsTheSameTensor() {
    Tensor x = Tensor.of(1.0, 2.0).slice(0, 1, 2, 1);
    assertSame(x, x.to(DType.FLOAT64));
  }

  @Test
  void typesAreFoundByTheirJavaType() {
    for (DType type : TYPES) {
      assertSame(type, DType.of(type.elementType()));
    }
    DTypeException error = assertThrows(DTypeException.class, () -> DType.of(String.class));
    assertEquals(
        "no tensor holds elements of type java.lang.String\n"
            + "  hint: use float, double, int, long, byte or boolean",
        error.getMessage());
    assertEquals(DType.FLOAT32, DType.INT64.toFloating());
    assertEquals(DType.FLOAT64, DType.FLOAT64.toFloating());
  }
}
