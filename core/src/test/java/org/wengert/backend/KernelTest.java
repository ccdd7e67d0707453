package org.wengert.backend;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.wengert.backend.loop.ClassFileCompiler;

/// The interpreter is the specification: plain and vector loops give its bits.
class KernelTest {
  private static final List<LoopCompiler> COMPILERS =
      List.of(ClassFileCompiler.PLAIN, Backends.current().loops());
  private static final double[] NONE = {};
  private static final int[] SPECIAL = {
    0x00000000, 0x80000000, 0x00000001, 0x80000001, 0x007fffff, 0x00800000, 0x80800000, 0x3f800000,
    0xbf800000, 0x7f7fffff, 0xff7fffff, 0x7f800000, 0xff800000, 0x7fc00000, 0x42b17218, 0xc2cff1b5
  };

  private static final Expr X = Expr.input(0);
  private static final Expr Z = Expr.input(1);

  private static float[] patterns(int n, SplittableRandom random) {
    float[] x = new float[n];
    for (int i = 0; i < n; i++) {
      int kind = random.nextInt(8);
      x[i] =
          kind == 0
              ? Float.intBitsToFloat(SPECIAL[random.nextInt(SPECIAL.length)])
              : kind < 4
                  ? (float) random.nextDouble(-20, 20)
                  : Float.intBitsToFloat(random.nextInt());
    }
    return x;
  }

  private static void assertSameBits(float[] expected, float[] actual, String what) {
    assertArrayEquals(expected, actual, what); // NaN equals NaN, 0 differs from -0
  }

  @ParameterizedTest
  @EnumSource
  void everyFunctionHasTheBitsOfTheInterpreter(Fn f) {
    Expr y = f.of(X);
    Kernel kernel = Kernel.of(y);
    float[] x = patterns(4099, new SplittableRandom(f.ordinal()));
    float[] expected = new float[x.length];
    for (int i = 0; i < x.length; i++) {
      expected[i] = (float) Interpreter.run(List.of(y), Element.FLOAT, new double[] {x[i]})[0];
    }
    for (LoopCompiler compiler : COMPILERS) {
      float[] actual = new float[x.length];
      kernel.loop(compiler, Element.FLOAT, 0).run(x.length, actual, 0, x, 0, NONE);
      assertSameBits(expected, actual, f + " by " + compiler);
    }
  }

  @ParameterizedTest
  @EnumSource
  void plainAndVectorLoopsAgreeOnAMillionPatterns(Fn f) {
    Kernel kernel = Kernel.of(f.of(X));
    SplittableRandom random = new SplittableRandom(f.ordinal() + 100);
    Loop plain = kernel.loop(ClassFileCompiler.PLAIN, Element.FLOAT, 0);
    Loop fast = kernel.loop(Backends.current().loops(), Element.FLOAT, 0);
    float[] one = new float[1 << 16];
    float[] other = new float[one.length];
    for (int round = 0; round < 16; round++) {
      float[] x = patterns(one.length, random);
      plain.run(x.length, one, 0, x, 0, NONE);
      fast.run(x.length, other, 0, x, 0, NONE);
      assertSameBits(one, other, f.name());
    }
  }

  /// Of double, the reference itself may be one off, that of the error function more: ErfTest holds
  /// its loops against a table.
  @ParameterizedTest
  @EnumSource
  void everyFunctionOfDoubleIsGoodToAFewUlpInBothLoops(Fn f) {
    double allowed =
        switch (f) {
          case MISH, SILU, GELU_TANH -> 8;
          case ERF, ERFC, GELU -> 100;
          default -> 4;
        };
    SplittableRandom random = new SplittableRandom(f.ordinal());
    double[] x = new double[1 << 12];
    for (int i = 0; i < x.length; i++) {
      x[i] = i % 2 == 0 ? random.nextDouble(-9, 9) : random.nextDouble(-1, 1);
      x[i] = i % 8 == 7 ? Double.longBitsToDouble(random.nextLong()) : x[i];
      boolean isOneSided = f == Fn.GELU_TANH || f == Fn.MISH; // the reference cancels, or is 0
      x[i] = isOneSided ? Math.abs(x[i]) : f == Fn.EXP_OF_NEGATIVE ? -Math.abs(x[i]) : x[i];
    }
    Kernel kernel = Kernel.of(f.of(X));
    double[] y = new double[x.length];
    double[] plain = new double[x.length];
    kernel.loop(Backends.current().loops(), Element.DOUBLE, 0).run(x.length, y, 0, x, 0, NONE);
    kernel.loop(ClassFileCompiler.PLAIN, Element.DOUBLE, 0).run(x.length, plain, 0, x, 0, NONE);
    assertArrayEquals(plain, y);
    for (int i = 0; i < x.length; i++) {
      double exact = f.value(x[i]);
      boolean isSame = Double.compare(exact, y[i]) == 0;
      double error = Math.abs(y[i] - exact) / Math.ulp(exact);
      assertTrue(isSame || error <= allowed, f + "(" + x[i] + ") = " + y[i] + ", not " + exact);
    }
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "EXP_OF_NEGATIVE")
  void everyFunctionIsExactAtTheEdges(Fn f) {
    Loop loop = Kernel.of(f.of(X)).loop(ClassFileCompiler.PLAIN, Element.FLOAT, 0);
    float infinity = Float.POSITIVE_INFINITY;
    float[] x = {0f, -0f, infinity, -infinity, Float.NaN, 1e30f, -1e30f};
    float[] y = new float[x.length];
    loop.run(x.length, y, 0, x, 0, NONE);
    for (int i = 0; i < x.length; i++) {
      float exact = (float) f.value(x[i]);
      assertEquals(exact, y[i], Math.abs(exact) < infinity ? Math.ulp(exact) : 0, f + "(" + x[i]);
      double sign = Float.isNaN(exact) ? 1 : Math.copySign(1, exact);
      assertEquals(sign, Float.isNaN(exact) ? 1 : Math.copySign(1, y[i]), f + " sign at " + x[i]);
    }
  }

  private static final List<Expr> SAMPLE =
      List.of(
          X.fma(Z, Expr.scalar(0)).max(X.neg()).div(Z.abs().add(1)),
          X.le(Z).and(X.eq(Z).not()).select(Z.min(X.sqrt()), Fn.EXP.of(X).mul(Expr.scalar(1))),
          X.lt(Z).or(X.isNaN()));

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4, 7, 8, 9, 15, 16, 17, 31, 32, 33, 100})
  void loopsWithSeveralOutputsDoAllSizesAndOffsets(int n) {
    Kernel kernel = Kernel.of(SAMPLE.toArray(Expr[]::new));
    for (Element element : Element.values()) {
      for (int held = 0; held < 4; held++) {
        for (LoopCompiler compiler : COMPILERS) {
          checkSample(kernel.loop(compiler, element, held), element, held, n);
        }
      }
    }
  }

  private static void checkSample(Loop loop, Element element, int held, int n) {
    double[] scalars = {0.3, -2};
    float[] x = patterns(n + 5, new SplittableRandom(n));
    float[] z = patterns(n + 5, new SplittableRandom(n + 1));
    float[] y0 = new float[n + 3];
    float[] y1 = new float[n + 3];
    boolean[] y2 = new boolean[n + 3];
    boolean isFloat = element == Element.FLOAT;
    double[] d0 = new double[n + 3];
    double[] d1 = new double[n + 3];
    Object[] arrays =
        isFloat
            ? new Object[] {y0, y1, y2, x, z}
            : new Object[] {d0, d1, y2, doubles(x), doubles(z)};
    loop.run(n, arrays, new int[] {1, 0, 2, 3, 4}, scalars);
    for (int i = 0; i < n; i++) {
      double[] inputs = {x[3 + ((held & 1) == 0 ? i : 0)], z[4 + ((held & 2) == 0 ? i : 0)]};
      double[] expected = Interpreter.run(SAMPLE, element, inputs, scalars);
      assertEquals(expected[0], isFloat ? y0[1 + i] : d0[1 + i]);
      assertEquals(expected[1], isFloat ? y1[i] : d1[i]);
      assertEquals(expected[2] != 0, y2[2 + i]);
    }
    assertEquals(0, isFloat ? y0[0] + y0[n + 1] + y1[n] : d0[0] + d0[n + 1] + d1[n]);
  }

  private static double[] doubles(float[] x) {
    double[] y = new double[x.length];
    for (int i = 0; i < x.length; i++) {
      y[i] = x[i];
    }
    return y;
  }

  @Test
  void truthsAreInputsToo() {
    Kernel where = Kernel.of(Expr.truth(0).select(Expr.input(1), Expr.input(2)));
    boolean[] condition = new boolean[37];
    float[] a = new float[37];
    float[] b = new float[37];
    float[] expected = new float[37];
    for (int i = 0; i < 37; i++) {
      condition[i] = i % 3 == 0;
      a[i] = i;
      b[i] = -i;
      expected[i] = condition[i] ? a[i] : b[i];
    }
    for (LoopCompiler compiler : COMPILERS) {
      float[] y = new float[37];
      where
          .loop(compiler, Element.FLOAT, 0)
          .run(37, new Object[] {y, condition, a, b}, new int[4], NONE);
      assertSameBits(expected, y, "where");
    }
  }

  @Test
  void anOutputMayReplaceAnInput() {
    Kernel kernel = Kernel.of(X.add(Expr.scalar(0)), X.mul(Z));
    for (LoopCompiler compiler : COMPILERS) {
      float[] x = patterns(50, new SplittableRandom(1));
      float[] z = patterns(50, new SplittableRandom(2));
      float[] sum = new float[50];
      float[] product = new float[50];
      Loop loop = kernel.loop(compiler, Element.FLOAT, 0);
      loop.run(50, new Object[] {sum, product, x, z}, new int[4], new double[] {1.5});
      loop.run(50, new Object[] {x, z, x, z}, new int[4], new double[] {1.5});
      assertSameBits(sum, x, "first");
      assertSameBits(product, z, "second");
    }
  }

  @Test
  void kernelsOfTheSameStructureAreTheSame() {
    Kernel one = Kernel.of(X.mul(X).add(Fn.TANH.of(X.mul(X))));
    Expr square = X.mul(X);
    assertSame(one, Kernel.of(square.add(Fn.TANH.of(square))));
    assertNotSame(one, Kernel.of(square.add(Fn.EXP.of(square))));
    assertNotSame(one, Kernel.of(square.add(Fn.TANH.of(square)), X));
  }

  @Test
  void sharedPartsAreComputedOnce() {
    Expr deep = X;
    for (int i = 0; i < 60; i++) {
      deep = deep.add(deep); // as a tree, 2⁶⁰ additions
    }
    float[] y = new float[1];
    Kernel.of(deep).run(1, y, 0, new float[] {3}, 0);
    assertEquals(3 * 0x1p60f, y[0]);
  }
}
