package org.wengert;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.function.BinaryOperator;
import java.util.function.LongBinaryOperator;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.wengert.tensor.DType;
import org.wengert.tensor.DTypeException;
import org.wengert.tensor.Shape;
import org.wengert.tensor.Tensor;

/// `UINT8` holds 0 to 255, and its arithmetic is that of integers modulo 256.
class UnsignedBytesTest {
  private static Variable bytes(int... values) {
    return Variable.constant(Tensor.of(values).to(DType.UINT8));
  }

  private static void assertIs(DType type, long[] expected, Variable actual) {
    assertEquals(type, actual.dtype());
    assertArrayEquals(expected, actual.value().toLongArray());
  }

  private static void assertBytes(Variable actual, long... expected) {
    assertIs(DType.UINT8, expected, actual);
  }

  /// A function of bytes and what it is of integers.
  private record Pair(String name, BinaryOperator<Variable> ofBytes, LongBinaryOperator ofLongs) {}

  private static final List<Pair> FUNCTIONS =
      List.of(
          new Pair("add", Variable::add, Long::sum),
          new Pair("sub", Variable::sub, (a, b) -> a - b),
          new Pair("mul", Variable::mul, (a, b) -> a * b),
          new Pair("neg", (a, b) -> a.sub(b).neg(), (a, b) -> b - a),
          new Pair("abs", (a, b) -> F.abs(a), (a, b) -> a),
          new Pair("sign", (a, b) -> F.sign(a), (a, b) -> Long.signum(a)),
          new Pair("square", (a, b) -> a.square(), (a, b) -> a * a),
          new Pair("pow", (a, b) -> a.pow(3), (a, b) -> a * a * a),
          new Pair("scalars", (a, b) -> a.mul(7).sub(300), (a, b) -> 7 * a - 300),
          new Pair("maximum", F::maximum, Math::max),
          new Pair("minimum", F::minimum, Math::min),
          new Pair("floorDivide", (a, b) -> F.floorDivide(a, odd(b)), (a, b) -> a / (b | 1)),
          new Pair("remainder", (a, b) -> F.remainder(a, odd(b)), (a, b) -> a % (b | 1)),
          new Pair("fmod", (a, b) -> F.fmod(a, odd(b)), (a, b) -> a % (b | 1)),
          new Pair("bitwiseAnd", F::bitwiseAnd, (a, b) -> a & b),
          new Pair("bitwiseOr", F::bitwiseOr, (a, b) -> a | b),
          new Pair("bitwiseXor", F::bitwiseXor, (a, b) -> a ^ b),
          new Pair("bitwiseNot", (a, b) -> F.bitwiseNot(a), (a, b) -> ~a),
          new Pair("shifted left", F::bitwiseLeftShift, (a, b) -> b > 7 ? 0 : a << b),
          new Pair("shifted right", F::bitwiseRightShift, (a, b) -> b > 7 ? 0 : a >> b),
          new Pair("clamp", (a, b) -> F.clamp(a, -3, 77), (a, b) -> Math.min(a, 77)),
          new Pair("lt", (a, b) -> F.lt(a, b).to(DType.UINT8), (a, b) -> a < b ? 1 : 0),
          new Pair("where", (a, b) -> F.where(F.gt(a, b), a, b), Math::max),
          new Pair("matMul", (a, b) -> product(a, b), (a, b) -> a * b));

  private static Variable odd(Variable b) {
    return F.bitwiseOr(b, bytes(1));
  }

  private static Variable product(Variable a, Variable b) {
    return a.reshape(-1, 1, 1).matMul(b.reshape(-1, 1, 1)).reshape(-1);
  }

  @Property(tries = 100)
  void arithmeticIsThatOfIntegersModulo256(@ForAll byte[] left, @ForAll byte[] right) {
    int count = Math.min(left.length, right.length) / 2 * 2;
    if (count < 4) {
      return;
    }
    Tensor a = Tensor.of(left).slice(0, 0, count, 2); // views that skip every other element
    Tensor b = Tensor.of(right).slice(0, 0, count, 2);
    for (Pair function : FUNCTIONS) {
      Variable y = function.ofBytes.apply(Variable.constant(a), Variable.constant(b));
      assertEquals(DType.UINT8, y.dtype(), function.name);
      for (int i = 0; i < count / 2; i++) {
        long wanted = function.ofLongs.applyAsLong(left[2 * i] & 255, right[2 * i] & 255);
        assertEquals(wanted & 255, y.value().longAt(i), function.name);
      }
    }
  }

  @Test
  void sumsAndProductsAreInt64() {
    Variable x = bytes(200, 100, 255);
    assertIs(DType.INT64, new long[] {555}, x.sum());
    assertIs(DType.INT64, new long[] {5_100_000}, F.prod(x));
    assertIs(DType.INT64, new long[] {200, 300, 555}, F.cumSum(x, 0));
  }

  @Test
  void orderIsThatOfUnsignedNumbers() {
    Variable x = bytes(200, 3, 255, 127);
    assertBytes(F.max(x), 255);
    assertBytes(F.min(x), 3);
    assertIs(DType.INT64, new long[] {2}, F.argMax(x));
    assertIs(DType.INT64, new long[] {1, 3, 0, 2}, F.argSort(x, 0, false));
    assertIs(DType.BOOL, new long[] {1, 0, 1, 0}, x.gt(127.5));
  }

  @Test
  void functionsOfRealNumbersGiveFloat32() {
    assertEquals(DType.FLOAT32, bytes(2).exp().dtype());
    assertEquals((float) Math.exp(200 / 16.0), bytes(200).div(16).exp().item(), 1e-5 * 3e5);
    Variable quotient = bytes(200).div(bytes(16));
    assertEquals(DType.FLOAT32, quotient.dtype());
    assertEquals(12.5, quotient.item());
    assertEquals(DType.FLOAT32, bytes(3).mul(1.5).dtype());
  }

  @Test
  void aScalarOfAWiderTypeLosesItsHighBitsFirst() {
    Variable wide = Variable.constant(Tensor.of(-7L));
    assertBytes(bytes(9, 7, 1).add(wide), 2, 0, 250);
    assertBytes(F.floorDivide(bytes(9, 250), wide), 0, 1); // -7 is 249
  }

  @Test
  void comparisonsWithNumbersOutOfRangeAreExact() {
    Variable x = bytes(0, 44, 255);
    assertIs(DType.BOOL, new long[] {1, 1, 1}, x.lt(300));
    assertIs(DType.BOOL, new long[] {1, 1, 1}, x.gt(-1));
    assertIs(DType.BOOL, new long[] {1, 1, 1}, F.lt(x, Variable.constant(Tensor.of(300L))));
    assertIs(DType.BOOL, new long[] {0, 0, 0}, F.eq(x, Variable.constant(Tensor.of(300L))));
  }

  @Test
  void boundsOutOfRangeAreNone() {
    assertBytes(F.clamp(bytes(0, 44, 255), -1, 300), 0, 44, 255);
  }

  @Test
  void elementsMoveAsTheyAre() {
    Variable x = bytes(200, 3, 255);
    Variable index = Variable.constant(Tensor.of(2, 0));
    assertBytes(F.indexSelect(x, 0, index), 255, 200);
    assertBytes(F.cat(List.of(x, bytes(128)), 0), 200, 3, 255, 128);
    assertBytes(F.scatterAdd(x, 0, index, bytes(1, 100)), 44, 3, 0);
    Variable signed = Variable.constant(Tensor.of(new int[] {-1}));
    assertIs(DType.INT32, new long[] {200, -1}, F.cat(List.of(bytes(200), signed), 0));
  }

  @Test
  void theyHaveNoGradient() {
    Tensor x = Tensor.of((byte) 1);
    DTypeException error = assertThrows(DTypeException.class, () -> Variable.of(x));
    assertEquals("a variable of type UINT8 has no gradient", error.problem());
  }

  @Test
  void pixelsReceiveNoGradientBesideWeights() {
    Variable weights = Variable.of(Tensor.of(0.5f, 2f));
    Variable pixels = bytes(200, 255);
    weights.mul(pixels).sum().backward();
    assertArrayEquals(new float[] {200, 255}, ((Leaf) weights).grad().toFloatArray());
  }

  @Test
  void classesMayBeUnsignedBytes() {
    Variable logits = Variable.constant(Tensor.of(new double[][] {{1, 2}, {3, -1}}));
    Variable wide = Variable.constant(Tensor.of(1L, 0L));
    assertEquals(F.crossEntropy(logits, wide).item(), F.crossEntropy(logits, bytes(1, 0)).item());
  }

  @Test
  void anIndexOfUnsignedBytesCouldMeanTwoThings() {
    Variable x = Variable.constant(Tensor.zeros(2));
    String problem = "indices of type UINT8, which could be places or a mask";
    String hint =
        "  hint: convert with to(INT64) if they are places, with to(BOOL) if they are a mask";
    for (Runnable read :
        List.<Runnable>of(
            () -> x.get(Index.index(bytes(0, 1))),
            () -> F.gather(x, 0, bytes(0, 1)),
            () -> F.embedding(Variable.constant(Tensor.zeros(2, 3)), bytes(0)),
            () -> F.indexSelect(x, 0, bytes(0)))) {
      DTypeException error = assertThrows(DTypeException.class, read::run);
      assertTrue(error.getMessage().contains(problem + "\n"), error.getMessage());
      assertTrue(error.getMessage().contains(hint), error.getMessage());
    }
  }

  @Test
  void masksAreBooleans() {
    Variable x = Variable.constant(Tensor.zeros(2));
    assertThrows(DTypeException.class, () -> x.get(Index.mask(bytes(0, 1))));
    assertThrows(DTypeException.class, () -> F.where(bytes(0, 1), x, x));
    Variable q = Variable.constant(Tensor.zeros(Shape.of(1, 2), DType.FLOAT64));
    DTypeException error =
        assertThrows(
            DTypeException.class,
            () -> F.scaledDotProductAttention(q, q, q, bytes(1).reshape(1, 1), false, 0));
    assertEquals(
        "scaledDotProductAttention: a mask of type UINT8",
        error.getMessage().lines().findFirst().orElseThrow());
  }
}
