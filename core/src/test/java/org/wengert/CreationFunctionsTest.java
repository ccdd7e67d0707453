package org.wengert;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.wengert.tensor.DType;
import org.wengert.tensor.OptionException;
import org.wengert.tensor.Shape;

/// Constants have the type that their numbers have in Java.
class CreationFunctionsTest {
  @Test
  void filledTensorsHaveTheTypeOfTheirNumber() {
    assertEquals(DType.FLOAT32, F.zeros(2, 3).dtype());
    assertEquals(Shape.of(2, 3), F.ones(2, 3).shape());
    assertEquals(DType.BOOL, F.ones(Shape.of(2), DType.BOOL).dtype());
    assertEquals(DType.FLOAT64, F.full(Shape.of(2), 0.5).dtype());
    assertEquals(DType.INT64, F.full(Shape.of(2), 7).dtype());
    long odd = (1L << 53) + 1;
    assertArrayEquals(new long[] {odd, odd}, F.full(Shape.of(2), odd).value().toLongArray());
    assertArrayEquals(new double[] {1, 0, 0, 1}, F.eye(2).value().toDoubleArray());
  }

  @Test
  void rangesStopBeforeTheirEnd() {
    assertArrayEquals(new long[] {5, 3}, F.arange(5L, 1L, -2L).value().toLongArray());
    assertArrayEquals(new double[] {0.5, 1, 1.5}, F.arange(0.5, 2, 0.5).value().toDoubleArray());
    assertEquals(0, F.arange(3L, 3L, 1L).size(0));
    long[] ends = F.arange(Long.MIN_VALUE, Long.MAX_VALUE, Long.MAX_VALUE).value().toLongArray();
    assertArrayEquals(new long[] {Long.MIN_VALUE, -1, Long.MAX_VALUE - 1}, ends);
  }

  @Test
  void rangesThatDoNotFitAreExplained() {
    String hint = "\n  hint: a tensor has at most 2147483647 elements; take longer steps";
    refuses(
        "arange: 1.0E12 numbers from 0.0 to 1.0E12 in steps of 1.0" + hint,
        () -> F.arange(0.0, 1e12, 1.0));
    refuses(
        "arange: 3000000000 numbers from 0 to 3000000000 in steps of 1" + hint,
        () -> F.arange(3_000_000_000L));
    refuses(
        "arange: 18446744073709551615 numbers from -9223372036854775808 to 9223372036854775807"
            + (" in steps of 1" + hint),
        () -> F.arange(Long.MIN_VALUE, Long.MAX_VALUE, 1L));
    refuses(
        "arange: no way from 0 to 3 in steps of -1\n  hint: the step leads from start towards end",
        () -> F.arange(0L, 3L, -1L));
    refuses(
        "arange: no way from 0.0 to 3.0 in steps of NaN\n"
            + "  hint: the step leads from start towards end",
        () -> F.arange(0.0, 3.0, Double.NaN));
  }

  private static void refuses(String message, Executable call) {
    assertEquals(message, assertThrows(OptionException.class, call).getMessage());
  }
}
