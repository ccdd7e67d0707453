package org.wengert.backend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.wengert.tensor.OptionException;
import org.wengert.tensor.ShapeException;
import org.wengert.tensor.Tensor;
import org.wengert.tensor.WengertException;

/// Wrong use of expressions and kernels is refused where it happens, and not by the virtual machine
/// when it meets the generated class.
class KernelRefusalTest {
  private static final Expr X = Expr.input(0);
  private static final Expr Z = Expr.input(1);
  private static final Expr TRUTH = X.lt(Z);
  private static final Expr WHOLE = X.toBits();
  private static final Kernel SUM = Kernel.of(X.add(Z).mul(Expr.scalar(0)));

  private static Arguments use(String problem, Executable use) {
    return Arguments.of(problem, use);
  }

  static Stream<Arguments> wrongKinds() {
    return Stream.of(
        use("add of a number and a truth: the operation takes numbers", () -> X.add(TRUTH)),
        use("add of a truth and a truth", () -> TRUTH.add(TRUTH)),
        use("sub of a whole number and a number", () -> WHOLE.sub(X)),
        use("mul of a whole number and a whole number", () -> WHOLE.mul(WHOLE)),
        use("fma of a number and a truth and a number", () -> X.fma(TRUTH, X)),
        use("neg of a truth", TRUTH::neg),
        use("lt of a whole number and a number", () -> WHOLE.lt(X)),
        use("and of a number and a number: the operation takes truths", () -> X.and(Z)),
        use("or of a truth and a whole number", () -> TRUTH.or(WHOLE)),
        use("not of a whole number", WHOLE::not),
        use("select of a number and a number and a number", () -> X.select(X, Z)),
        use("select of a truth and a whole number and a number", () -> TRUTH.select(WHOLE, Z)),
        use("bits of a truth", TRUTH::toBits),
        use("from_bits of a number", X::fromBits),
        use("shl of a number", () -> X.shl(3)),
        use("call of a truth", () -> Fn.EXP.of(TRUTH)),
        use("add of a truth and a number", () -> X.add(1).over(new Expr[] {TRUTH}, new double[0])));
  }

  @ParameterizedTest
  @MethodSource("wrongKinds")
  void expressionsExplainWhichKindsTheyTake(String problem, Executable use) {
    WengertException refusal = assertThrows(OptionException.class, use);
    assertTrue(refusal.getMessage().startsWith(problem), refusal.getMessage());
    assertTrue(refusal.getMessage().contains("fromBits()"), refusal.getMessage());
  }

  static Stream<Arguments> wrongExpressions() {
    return Stream.of(
        use("input(-1) does not exist", () -> Expr.input(-1)),
        use("input(120) does not exist", () -> Expr.input(120)),
        use("truth(-1) does not exist", () -> Expr.truth(-1)),
        use("scalar(-2) does not exist", () -> Expr.scalar(-2)),
        use("shl(64) shifts more bits than there are", () -> WHOLE.shl(64)),
        use("shr(-1) shifts more bits than there are", () -> WHOLE.shr(-1)),
        use("a polynomial without coefficients", X::polynomial),
        use(
            "the expression reads input(1) and 1 are given",
            () -> Z.over(new Expr[] {X}, new double[0])),
        use(
            "the expression reads scalar(0) and 0 are given",
            () -> Expr.scalar(0).over(new Expr[0], new double[0])),
        use("a kernel of no expressions", Kernel::of),
        use("output 1 of the kernel is a whole number", () -> Kernel.of(X, WHOLE)),
        use(
            "input 0 is read as a number and as a truth",
            () -> Kernel.of(Expr.truth(0).select(X, Z))),
        use(
            "a kernel of 1 outputs, 120 inputs and 120 scalars",
            () -> Kernel.of(Expr.input(119).add(Expr.scalar(119)))));
  }

  @ParameterizedTest
  @MethodSource("wrongExpressions")
  void expressionsRefuseWhatNoLoopCanCompute(String problem, Executable use) {
    WengertException refusal = assertThrows(OptionException.class, use);
    assertTrue(refusal.getMessage().startsWith(problem), refusal.getMessage());
  }

  @Test
  void aShiftMustFitTheWidthOfTheLoop() {
    Kernel wide = Kernel.of(WHOLE.shl(40).fromBits());
    double[] y = new double[1];
    wide.run(1, y, 0, new double[] {1.5}, 0);
    assertEquals(Double.longBitsToDouble(Double.doubleToRawLongBits(1.5) << 40), y[0]);
    OptionException refusal =
        assertThrows(
            OptionException.class, () -> wide.run(1, new float[1], 0, new float[] {1.5f}, 0));
    assertTrue(refusal.getMessage().startsWith("a shift by 40 in a loop of floats"));
  }

  @Test
  void aFunctionTooLongForAMethodIsRefused() {
    Expr y = X;
    for (int i = 0; i < 20_000; i++) {
      y = i % 2 == 0 ? y.mul(Z) : y.add(X);
    }
    Kernel endless = Kernel.of(y);
    OptionException refusal =
        assertThrows(
            OptionException.class,
            () -> endless.run(1, new double[1], 0, new double[1], 0, new double[1], 0));
    assertTrue(refusal.getMessage().startsWith("a kernel of 20002 values is too long"));
  }

  static Stream<Arguments> wrongRuns() {
    float[] x = new float[4];
    double[] d = new double[4];
    boolean[] t = new boolean[4];
    Kernel truth = Kernel.of(TRUTH);
    Kernel pair = Kernel.of(X, Z);
    String counts = "a kernel of 1 outputs, 2 inputs and 1 scalars runs with ";
    return Stream.of(
        use(counts + "1, 1 and 1", () -> SUM.run(4, new float[4], 0, x, 0, 2)),
        use(counts + "1, 2 and 0", () -> SUM.run(4, new float[4], 0, x, 0, x, 0)),
        use(counts + "1, 2 and 0", () -> SUM.run(4, new double[4], 0, d, 0, d, 0)),
        use(counts + "1, 1 and 1", () -> SUM.value(new double[1], 3)),
        use(counts + "1, 2 and 0", () -> SUM.values(new double[2])),
        use(
            counts + "1, 1 and 1",
            () -> SUM.run(Element.FLOAT, 4, new Object[] {x, x}, new int[3], 2)),
        use(
            counts + "1, 1 and 1",
            () -> SUM.run(Element.FLOAT, 4, new Object[] {x, x, x}, new int[2], 2)),
        use("a kernel of 2 outputs", () -> pair.run(4, new float[4], 0, x, 0, x, 0)),
        use("the kernel reads or makes truths", () -> truth.run(4, new float[4], 0, x, 0, x, 0)),
        use(
            "array 0 of the kernel's run is a float[]",
            () -> truth.run(Element.FLOAT, 4, new Object[] {x, x, x}, new int[3])),
        use(
            "array 2 of the kernel's run is a double[]",
            () -> truth.run(Element.FLOAT, 4, new Object[] {t, x, d}, new int[3])));
  }

  @ParameterizedTest
  @MethodSource("wrongRuns")
  void runsExplainWhatIsMissing(String problem, Executable use) {
    WengertException refusal = assertThrows(OptionException.class, use);
    assertTrue(refusal.getMessage().startsWith(problem), refusal.getMessage());
  }

  static Stream<Arguments> wrongRanges() {
    Kernel half = Kernel.of(X.mul(0.5));
    float[] x = new float[8];
    double[] d = new double[8];
    Object[] one = {x, x};
    return Stream.of(
        use("a run over 8 elements from 1 on leaves a float[] of 8", () -> half.run(8, x, 1, x, 1)),
        use("a run over 9 elements from 0 on leaves", () -> half.run(9, new float[9], 0, x, 0)),
        use("a run over 4 elements from -1 on leaves", () -> half.run(4, d, 0, d, -1)),
        use("a run over -1 elements from 0 on leaves", () -> half.run(-1, d, 0, d, 0)),
        use(
            "a run over 2 elements from 2147483647 on leaves",
            () -> half.run(2, x, 0, x, Integer.MAX_VALUE)),
        use(
            "a run over 5 elements from 4 on leaves a float[] of 8",
            () -> half.run(Element.FLOAT, 5, one, new int[] {0, 4})),
        use(
            "the output from 1 on overlaps the input from 0 on in one array, 4 elements",
            () -> half.run(4, x, 1, x, 0)),
        use(
            "the output from 0 on overlaps the input from 3 on",
            () -> half.run(Element.FLOAT, 4, one, new int[] {0, 3})));
  }

  @ParameterizedTest
  @MethodSource("wrongRanges")
  void runsRefuseRangesOutsideTheirArrays(String problem, Executable use) {
    WengertException refusal = assertThrows(ShapeException.class, use);
    assertTrue(refusal.getMessage().startsWith(problem), refusal.getMessage());
  }

  @Test
  void whatAKernelDoesNotReadMayBeGiven() {
    float[] y = new float[2];
    Kernel.of(X.neg()).run(2, y, 0, new float[] {1, 2}, 0, new float[] {3, 4}, 0, 5, 6);
    assertEquals(-2, y[1]);
  }

  @Test
  void backendsRefuseKernelsThatReadMoreThanIsGiven() {
    Tensor x = Tensor.of(1f, 2f);
    Backend kernels = Backends.current();
    double[] none = Kernel.NO_SCALARS;
    assertThrows(OptionException.class, () -> kernels.map(SUM, new double[] {1}, x));
    assertThrows(OptionException.class, () -> kernels.zip(SUM, none, x, x, x.shape(), x.dtype()));
    assertThrows(
        OptionException.class,
        () -> kernels.compute(SUM, none, x.dtype(), new Tensor[] {x.copy()}, x, x));
  }
}
