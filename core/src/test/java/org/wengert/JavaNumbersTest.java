package org.wengert;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.wengert.tensor.DType;
import org.wengert.tensor.DTypeException;
import org.wengert.tensor.Tensor;

/// Java's numbers beside variables: which type they take, and that integers meet them exactly.
class JavaNumbersTest {
  private static boolean isTrue(Variable x) {
    return x.item() != 0;
  }

  @Test
  void integersAreComparedExactlyWithWholeNumbers() {
    Variable int64 = Variable.constant(Tensor.of(16777217L));
    Variable int32 = Variable.constant(Tensor.of(16777217));
    for (Variable x : new Variable[] {int64, int32}) {
      assertFalse(isTrue(x.eq(16777216)));
      assertTrue(isTrue(x.gt(16777216)));
      assertFalse(isTrue(x.le(16777216)));
      assertTrue(isTrue(x.lt(16777218)));
      assertFalse(isTrue(x.ge(16777218)));
      assertTrue(isTrue(F.ne(x, 16777216)));
      assertFalse(isTrue(F.eq(x, 16777216)));
      assertTrue(isTrue(F.gt(x, 16777216)));
      assertFalse(isTrue(F.le(x, 16777216)));
      assertTrue(isTrue(F.lt(x, 16777218)));
      assertFalse(isTrue(F.ge(x, 16777218)));
    }
  }

  @Test
  void longsOfMoreBitsThanADoubleHasAreComparedExactly() {
    Variable x = Variable.constant(Tensor.of((1L << 60) + 1));
    assertFalse(isTrue(x.eq(1L << 60)));
    assertTrue(isTrue(x.eq((1L << 60) + 1)));
    assertTrue(isTrue(F.ne(x, 1L << 60)));
    assertTrue(isTrue(x.gt(1L << 60)));
  }

  @Test
  void integersAreComparedExactlyWithDoubles() {
    Variable x = Variable.constant(Tensor.of((1L << 60) + 1));
    assertFalse(isTrue(x.eq(0x1p60)));
    assertTrue(isTrue(x.gt(0x1p60)));
    assertTrue(isTrue(x.lt(0x1p60 + 256)));
    Variable most = Variable.constant(Tensor.of(Long.MAX_VALUE));
    assertFalse(isTrue(most.eq(0x1p63)));
    assertTrue(isTrue(most.lt(0x1p63)));
    assertTrue(isTrue(Variable.constant(Tensor.of(Long.MIN_VALUE)).eq(-0x1p63)));
    Variable small = Variable.constant(Tensor.of(16777217, 3));
    assertArrayEquals(new long[] {0, 1}, small.lt(16777216.5).value().toLongArray());
    assertArrayEquals(new long[] {0, 0}, small.eq(Double.NaN).value().toLongArray());
    assertArrayEquals(new long[] {1, 1}, F.ne(small, Double.NaN).value().toLongArray());
    assertArrayEquals(new long[] {1, 1}, small.gt(-1e300).value().toLongArray());
  }

  @Test
  void unsignedBytesMeetNumbersTheyCannotHold() {
    Variable x = Variable.constant(Tensor.of((byte) 44));
    assertFalse(isTrue(x.eq(300)));
    assertTrue(isTrue(x.lt(300)));
    assertTrue(isTrue(x.gt(-1)));
  }

  @Test
  void floatsAreComparedInTheirOwnType() {
    Variable tenth = Variable.constant(Tensor.of(0.1f));
    assertTrue(isTrue(tenth.eq(0.1)));
    assertTrue(isTrue(Variable.constant(Tensor.of(16777216f)).eq(16777217)));
  }

  @Test
  void wholeNumbersLeaveIntegersIntegers() {
    Variable x = Variable.constant(Tensor.of(3L, 7L));
    assertEquals(DType.INT64, F.clampMin(x, 5).dtype());
    assertArrayEquals(new long[] {5, 7}, F.clampMin(x, 5).value().toLongArray());
    assertEquals(DType.INT64, F.clampMax(x, 5).dtype());
    assertArrayEquals(new long[] {3, 5}, F.clampMax(x, 5).value().toLongArray());
    assertEquals(DType.INT64, x.rsub(1).dtype());
    assertArrayEquals(new long[] {-2, -6}, x.rsub(1).value().toLongArray());
    assertEquals(DType.INT64, F.pow(2, x).dtype());
    assertArrayEquals(new long[] {8, 128}, F.pow(2, x).value().toLongArray());
    assertEquals(DType.FLOAT32, F.pow(2.0, x).dtype());
    assertEquals(DType.FLOAT32, x.rsub(1.0).dtype());
    assertEquals(DType.FLOAT32, F.clampMin(x, 5.0).dtype());
  }

  @Test
  void wholeNumbersBesideFloatsKeepTheirGradients() {
    Leaf x = Variable.of(3.0);
    assertEquals(8 * Math.log(2), Autograd.grad(F.pow(2, x), x).item(), 1e-14);
    assertEquals(-1, Autograd.grad(x.rsub(1), x).item());
    assertEquals(1, Autograd.grad(F.clampMin(x, 3), x).item());
    assertEquals(0, Autograd.grad(F.clampMax(x, 2), x).item());
  }

  @Test
  void anIntegerToANegativePowerIsRefused() {
    Variable x = Variable.constant(Tensor.of(-1L));
    assertThrows(DTypeException.class, () -> F.pow(2, x));
  }
}
