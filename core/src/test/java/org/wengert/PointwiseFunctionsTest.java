package org.wengert;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.function.BinaryOperator;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.wengert.tensor.DType;
import org.wengert.tensor.DTypeException;
import org.wengert.tensor.OptionException;
import org.wengert.tensor.Shape;
import org.wengert.tensor.ShapeException;
import org.wengert.tensor.Tensor;
import org.wengert.tensor.WengertException;

/// What the functions of one and two numbers do at edges, on integers and booleans, and what they
/// refuse.
class PointwiseFunctionsTest {
  private static final double INFINITY = Double.POSITIVE_INFINITY;
  private static final double NAN = Double.NaN;

  private static Variable ints(int... values) {
    return Variable.constant(Tensor.of(values));
  }

  private static Variable bools(boolean... values) {
    return Variable.constant(Tensor.of(values));
  }

  private static void assertInts(Variable actual, long... expected) {
    assertEquals(DType.INT32, actual.dtype());
    assertArrayEquals(expected, actual.value().toLongArray());
  }

  private static void assertBools(Variable actual, boolean... expected) {
    assertEquals(Variable.constant(Tensor.of(expected)).toString(), actual.toString());
  }

  private static double[] values(UnaryOperator<Variable> f, double... at) {
    return f.apply(Variable.of(at)).value().toDoubleArray();
  }

  /// Adding 0 makes -0.0 a plain 0.
  private static double[] slopes(UnaryOperator<Variable> f, double... at) {
    Leaf x = Variable.of(at);
    return Autograd.grad(f.apply(x).sum(), x).add(0.0).value().toDoubleArray();
  }

  private static double[] slopes(BinaryOperator<Variable> f, double a, double b) {
    List<Leaf> xs = List.of(Variable.of(a), Variable.of(b));
    List<Variable> gradients = Autograd.grad(f.apply(xs.get(0), xs.get(1)), xs);
    return new double[] {gradients.get(0).item() + 0.0, gradients.get(1).item() + 0.0};
  }

  private static <E extends WengertException> void assertRefused(
      Class<E> type, Executable call, String... parts) {
    String text = assertThrows(type, call).getMessage();
    for (String part : parts) {
      assertTrue(text.contains(part), text);
    }
  }

  @Test
  void activationsAgreeWithTheLecturesTable() {
    double[] at = {-2, -1, -0.5, 0, 0.5, 1, 2};
    assertTable(
        x -> F.celu(x, 2),
        at,
        new double[] {-1.2642411177, -0.7869386806, -0.4423984339, 0, 0.5, 1, 2});
    assertTable(
        F::geluTanh,
        at,
        new double[] {
          -0.0454023059, -0.1588080094, -0.1542859902, 0, 0.3457140098, 0.8411919906, 1.9545976941
        });
    assertTable(
        x -> F.rbf(x, 1, 0),
        at,
        new double[] {
          0.0183156389, 0.3678794412, 0.7788007831, 1, 0.7788007831, 0.3678794412, 0.0183156389
        });
    assertTable(F::hardLimit, at, new double[] {0, 0, 0, 1, 1, 1, 1});
    assertTable(
        x -> F.sigmoid(x, 2),
        new double[] {-1, -0.5, 0},
        new double[] {0.1192029220, 0.2689414214, 0.5});
  }

  @Test
  void defaultsArePyTorchs() {
    double[] at = {-2, -0.4, 3};
    assertArrayEquals(values(x -> F.elu(x, 1), at), values(F::elu, at));
    assertArrayEquals(values(x -> F.celu(x, 1), at), values(F::celu, at));
    assertArrayEquals(values(x -> F.leakyRelu(x, 0.01), at), values(F::leakyRelu, at));
    assertArrayEquals(values(x -> F.hardtanh(x, -1, 1), at), values(F::hardtanh, at));
    assertArrayEquals(new double[] {-1.5, 0, 2.5}, values(F::softshrink, at));
    assertArrayEquals(new double[] {-2, 0, 3}, values(F::hardshrink, at));
    assertArrayEquals(new double[] {20, 21}, values(F::softplus, 20, 21), 3e-9);
    assertEquals(21, F.softplus(Variable.of(21.0)).item());
  }

  private static void assertTable(UnaryOperator<Variable> f, double[] at, double[] expected) {
    assertArrayEquals(expected, values(f, at), 5.1e-11);
  }

  @Test
  void whatHoldsAFunctionBetweenBoundsHasNoSlopeAtThem() {
    double[] edge = {0, 0, 1, 0, 0};
    assertArrayEquals(edge, slopes(F::hardtanh, -2, -1, 0, 1, NAN));
    assertArrayEquals(edge, slopes(F::relu6, -1, 0, 3, 6, NAN));
    assertArrayEquals(new double[] {0, 0, 0.5, 1, 1}, slopes(F::hardswish, -4, -3, 0, 3, NAN));
    assertArrayEquals(
        new double[] {0, 0, 1.0 / 6, 0, 0}, slopes(F::hardsigmoid, -4, -3, 0, 3, NAN));
    assertArrayEquals(
        new double[] {1, 0, 0, 0, 1}, slopes(x -> F.softshrink(x, 0.5), -1, -0.5, 0, 0.5, 1));
    assertArrayEquals(
        new double[] {1, 0, 0, 0, 1}, slopes(x -> F.hardshrink(x, 0.5), -1, -0.5, 0, 0.5, 1));
    assertArrayEquals(
        new double[] {0, 0, 1, 1}, slopes(x -> F.threshold(x, 0.5, 9), 0, 0.5, 1, NAN));
  }

  @Test
  void exponentialUnitsTakeTheirLeftSlopeAtZero() {
    assertArrayEquals(new double[] {0.5, 1}, slopes(x -> F.elu(x, 0.5), 0, NAN));
    assertArrayEquals(new double[] {1, 1}, slopes(x -> F.celu(x, 0.5), 0, 800));
    double slope = 1.0507009873554805 * 1.6732632423543772;
    assertArrayEquals(new double[] {slope, 0}, slopes(F::selu, 0, -INFINITY));
  }

  @Test
  void aSecondDerivativeDoesNotOverflowOnTheBranchNotTaken() {
    Leaf x = Variable.of(800, 1e5);
    for (UnaryOperator<Variable> f :
        List.<UnaryOperator<Variable>>of(
            F::selu, F::softplus, F::hardswish, v -> F.elu(v, 0.5), v -> F.celu(v, 0.5))) {
      Variable bend = Autograd.hessian(v -> f.apply(v).sum(), x);
      assertArrayEquals(new double[4], bend.add(0.0).value().toDoubleArray());
    }
  }

  @Test
  void clampingByVariablesGivesTheGradientToWhoeverIsTheResult() {
    Leaf x = Variable.of(0, 2, 3, NAN, 1);
    Leaf least = Variable.of(0, 0, 4, 0, NAN);
    Leaf most = Variable.of(1.0, 1, 1, 1, 1);
    Variable y = F.clamp(x, least, most);
    assertArrayEquals(new double[] {0, 1, 1, NAN, NAN}, y.value().toDoubleArray());
    List<Variable> gradients = Autograd.grad(y.sum(), List.of(x, least, most));
    assertArrayEquals(new double[] {1, 0, 0, 0, 0}, gradients.get(0).value().toDoubleArray());
    assertArrayEquals(new double[5], gradients.get(1).value().toDoubleArray());
    assertArrayEquals(new double[] {0, 1, 1, 0, 0}, gradients.get(2).value().toDoubleArray());
  }

  @Test
  void aBoundMayBeMissing() {
    assertArrayEquals(new double[] {1, 5}, values(x -> F.clampMin(x, 1), -3, 5));
    assertArrayEquals(new double[] {-3, 1}, values(x -> F.clampMax(x, 1), -3, 5));
    Variable one = Variable.constant(1.0);
    assertArrayEquals(new double[] {1, 5}, values(x -> F.clampMin(x, one), -3, 5));
    assertArrayEquals(new double[] {-3, 1}, values(x -> F.clampMax(x, one), -3, 5));
    assertArrayEquals(new double[] {1, 0}, slopes(F::clampMin, 2, 2));
    assertArrayEquals(new double[] {0, 1}, slopes(F::clampMax, 3, 2));
  }

  @Test
  void numbersBeatNaNInFmaxAndLoseToItInMaximum() {
    assertArrayEquals(new double[] {0, 1}, slopes(F::fmax, NAN, 2));
    assertArrayEquals(new double[] {1, 0}, slopes(F::fmax, 2, 2));
    assertArrayEquals(new double[] {1, 0}, slopes(F::fmin, 2, NAN));
    assertArrayEquals(new double[] {0, 1}, slopes(F::fmin, 3, 2));
    assertArrayEquals(new double[] {1, 1}, slopes(F::maximum, NAN, 2));
    assertArrayEquals(new double[] {0.5, 0.5}, slopes(F::minimum, 2, 2));
  }

  @Test
  void powersFollowCAtTheEdges() {
    assertArrayEquals(new double[] {NAN, 0}, values(x -> x.pow(0.5), -INFINITY, 0));
    assertArrayEquals(new double[] {-INFINITY, INFINITY}, values(x -> x.pow(-0.5), -0.0, 0));
    assertArrayEquals(new double[] {0, 0}, slopes(x -> x.pow(0.0), 0, NAN));
    assertArrayEquals(new double[] {1, 1}, values(x -> F.pow(1.0, x), NAN, INFINITY));
    assertArrayEquals(new double[] {-INFINITY, 0, 0}, slopes(x -> F.pow(0.0, x), -1, 0, 2));
  }

  @Test
  void limitsAreTakenWhereAFormulaHasNone() {
    assertArrayEquals(new double[] {0, -1}, slopes(F::sinc, 0, 1), 1e-15);
    assertArrayEquals(new double[] {0, NAN}, slopes(F::xlogy, 0, 0));
    assertArrayEquals(new double[] {0, 0}, slopes(F::atan2, 0, 0));
    assertArrayEquals(new double[] {0, 0}, slopes(F::copySign, 0, -1));
    assertArrayEquals(new double[] {INFINITY, 4, NAN}, slopes(F::logit, 0, 0.5, 2));
    assertArrayEquals(new double[] {0, 0, 1}, slopes(F::nanToNum, NAN, INFINITY, 3));
  }

  @Test
  void preluLearnsASlopeForEachChannel() {
    Leaf x = Variable.of(new double[][] {{-1, 2}, {3, -4}});
    Leaf weight = Variable.of(0.5, 0.25);
    Variable y = F.prelu(x, weight);
    assertArrayEquals(new double[] {-0.5, 2, 3, -1}, y.value().toDoubleArray());
    List<Variable> gradients = Autograd.grad(y.sum(), List.of(x, weight));
    assertArrayEquals(new double[] {0.5, 1, 1, 0.25}, gradients.get(0).value().toDoubleArray());
    assertArrayEquals(new double[] {-1, -4}, gradients.get(1).value().toDoubleArray());
  }

  @Test
  void preluWithOneSlopeKeepsTheShape() {
    Variable slope = Variable.of(0.5).reshape(1);
    for (Shape shape : List.of(Shape.SCALAR, Shape.of(1), Shape.of(1, 1, 1))) {
      Variable y = F.prelu(Variable.of(-2).reshape(shape), slope);
      assertEquals(shape, y.shape());
      assertEquals(-1, y.item());
    }
  }

  @Test
  void gluGatesTheFirstHalfByTheSecond() {
    assertArrayEquals(new double[] {2, 1.5}, values(x -> F.glu(x, 0), 4, 3, 0, 0));
    assertRefused(
        ShapeException.class,
        () -> F.glu(Variable.of(1, 2, 3), 0),
        "glu: axis 0 has the odd size 3",
        "hint: glu halves the axis");
  }

  @Test
  void integersWrapAroundWhenTheyOverflow() {
    Variable x = ints(Integer.MAX_VALUE, Integer.MIN_VALUE, 65536);
    Variable y = ints(1, 1, 65536);
    assertInts(x.add(y), Integer.MIN_VALUE, Integer.MIN_VALUE + 1, 131072);
    assertInts(x.mul(y), Integer.MAX_VALUE, Integer.MIN_VALUE, 0);
    assertInts(F.abs(x), Integer.MAX_VALUE, Integer.MIN_VALUE, 65536);
    assertInts(x.pow(2), 1, 0, 0);
  }

  @Test
  void integersDivideWithEveryRounding() {
    Variable x = ints(7, -7, 7, -7);
    Variable y = ints(2, 2, -2, -2);
    assertInts(F.floorDivide(x, y), 3, -4, -4, 3);
    assertInts(F.div(x, y, Rounding.TRUNC), 3, -3, -3, 3);
    assertInts(F.remainder(x, y), 1, 1, -1, -1);
    assertInts(F.fmod(x, y), 1, -1, 1, -1);
    assertInts(F.floorDivide(x, 2), 3, -4, 3, -4);
    assertInts(F.remainder(x, 2), 1, 1, 1, 1);
    assertInts(F.fmod(x, 2), 1, -1, 1, -1);
    assertEquals(DType.FLOAT32, F.remainder(x, 2.0).dtype());
    assertEquals(DType.FLOAT32, F.div(x, y).dtype());
  }

  @Test
  void integersMeetWiderOnesExactly() {
    Variable x = ints(-5, 5);
    long most = 1L << 40; // its low 32 bits are 0
    assertInts(F.clamp(x, 0, most), 0, 5);
    assertInts(F.clamp(x, -most, 0), -5, 0);
    assertEquals(DType.INT64, F.clamp(bools(true), 2, 3).dtype());
    Variable wide = Variable.constant(Tensor.of(most));
    assertBools(F.lt(x, wide), true, true);
    assertBools(F.eq(ints(0), wide), false);
    assertEquals(DType.INT32, F.maximum(x, wide).dtype());
    assertInts(F.maximum(x, wide), 0, 5); // arithmetic takes the low bits, as in libtorch
  }

  @Test
  void integersStayIntegersBesideWholeNumbers() {
    Variable x = ints(-3, 0, 9);
    assertInts(F.clamp(x, 2, 5), 2, 2, 5);
    assertInts(F.add(x, x, 2), -9, 0, 27);
    assertInts(F.pow(x, 2), 9, 0, 81);
    assertInts(F.trunc(x), -3, 0, 9);
    assertEquals(DType.FLOAT32, F.clamp(x, 2.0, 5.0).dtype());
    assertEquals(DType.FLOAT32, F.pow(x, 2.0).dtype());
  }

  @Test
  void integersRefuseToDivideByZero() {
    for (BinaryOperator<Variable> f :
        List.<BinaryOperator<Variable>>of(F::floorDivide, F::fmod, F::remainder)) {
      assertRefused(
          DTypeException.class,
          () -> f.apply(ints(1, 2), ints(3, 0)),
          "an integer divided by 0",
          "hint: only floating numbers have an infinite quotient");
    }
    assertRefused(
        DTypeException.class, () -> ints(2).pow(-1), "an integer to the negative power -1");
  }

  @Test
  void bitsAreCombinedAndMoved() {
    Variable x = ints(-5, 6, 1);
    Variable y = ints(3, 1, 40);
    assertInts(F.bitwiseAnd(x, y), 3, 0, 0);
    assertInts(F.bitwiseOr(x, y), -5, 7, 41);
    assertInts(F.bitwiseXor(x, y), -8, 7, 41);
    assertInts(F.bitwiseNot(x), 4, -7, -2);
    assertInts(F.bitwiseLeftShift(x, y), -40, 12, 0);
    assertInts(F.bitwiseRightShift(x, y), -1, 3, 0);
    assertInts(F.bitwiseLeftShift(x, ints(-1, 64, 31)), 0, 0, Integer.MIN_VALUE);
    assertInts(F.bitwiseRightShift(x, ints(-1, 64, 0)), -1, 0, 1);
  }

  @Test
  void floatingNumbersHaveNoBits() {
    assertRefused(
        DTypeException.class,
        () -> F.bitwiseAnd(Variable.of(1.0).named("w"), ints(1)),
        "bitwiseAnd: floating numbers of type FLOAT64 have no bits",
        "input 0  w",
        "hint: convert with to(INT64)");
  }

  @Test
  void booleansFollowLogic() {
    Variable x = bools(false, false, true, true);
    Variable y = bools(false, true, false, true);
    assertBools(F.logicalAnd(x, y), false, false, false, true);
    assertBools(F.logicalOr(x, y), false, true, true, true);
    assertBools(F.logicalXor(x, y), false, true, true, false);
    assertBools(F.logicalNot(x), true, true, false, false);
    assertBools(F.bitwiseNot(x), true, true, false, false);
    assertBools(x.add(y), false, true, true, true);
    assertRefused(
        DTypeException.class,
        x::neg,
        "neg: booleans have no negative",
        "hint: logicalNot(..) inverts them");
  }

  @Test
  void questionsAboutNumbersAreAnswered() {
    Variable x = Variable.of(-0.0, NAN, INFINITY, -INFINITY, 2);
    assertBools(F.isNaN(x), false, true, false, false, false);
    assertBools(F.isInf(x), false, false, true, true, false);
    assertBools(F.isFinite(x), true, false, false, false, true);
    assertBools(F.signBit(x), true, false, false, true, false);
    assertBools(F.ne(x, 2), true, true, true, true, false);
    assertBools(F.lt(x, 2), true, false, false, true, false);
    assertBools(F.isClose(x, x), true, false, true, true, true);
    assertBools(F.isClose(x, x, 0, 0, true), true, true, true, true, true);
    assertBools(
        F.isClose(x.detach(), Variable.constant(2.00001)), false, false, false, false, true);
  }

  @Test
  void aMaskFillsWithANumberOrATensor() {
    Leaf x = Variable.of(1, 2, 3);
    Leaf number = Variable.of(9.0);
    Variable mask = bools(true, false, true);
    Variable y = F.maskedFill(x, mask, number);
    assertArrayEquals(new double[] {9, 2, 9}, y.value().toDoubleArray());
    assertEquals(2, Autograd.grad(y.sum(), number).item());
    assertArrayEquals(
        new double[] {0, 1, 0}, slopes(v -> F.maskedFill(v, mask, INFINITY), 1, 2, 3));
    assertInts(F.maskedFill(ints(1, 2, 3), mask, 7), 7, 2, 7);
    assertRefused(
        DTypeException.class,
        () -> F.maskedFill(x, ints(1, 0, 1), 0.0),
        "a condition of type INT32");
  }

  @Test
  void decimalsRoundHalvesToEven() {
    assertArrayEquals(new double[] {0.2, 1.2}, values(x -> F.round(x, 1), 0.25, 1.15), 1e-15);
    assertArrayEquals(new double[] {20, 1240}, values(x -> F.round(x, -1), 25, 1235));
  }

  @Test
  void interpolationReachesBothEnds() {
    assertEquals(1, F.lerp(Variable.of(1e20), Variable.of(1.0), 1).item());
    Variable all = F.lerp(Variable.of(1e20), Variable.of(1.0), Variable.constant(0.0, 1.0));
    assertArrayEquals(new double[] {1e20, 1}, all.value().toDoubleArray());
  }

  @Test
  void aDerivativeOfNegativeOrderIsRefused() {
    assertRefused(
        OptionException.class,
        () -> F.polygamma(-1, Variable.of(1.0)),
        "a derivative of the negative order -1",
        "hint: 0 is digamma itself");
    assertEquals(F.digamma(Variable.of(2.0)).item(), F.polygamma(0, Variable.of(2.0)).item());
  }
}
