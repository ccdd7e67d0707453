package org.wengert.backend;

import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Every function of `float` is within two units in the last place of what is right (silu and mish
/// within 2.1), from the smallest numbers to infinity: measured at every so many-th of all bit
/// patterns, subnormal results in units of the subnormal numbers. What is right is computed in
/// `double`.
///
/// The property `ulp.stride` says how many patterns lie between two samples; the profile `nightly`
/// lowers it, and 1 tries all numbers there are. With `-Dulp.table` the largest errors are printed.
class UlpTest {
  private static final int STRIDE = Integer.getInteger("ulp.stride", 10007);
  private static final long PATTERNS = 1L << 32;

  private static final int[] EDGES = {
    0,
    1,
    0x7fffff,
    0x800000,
    0x3effffff,
    0x3f000000,
    0x3f7fffff,
    0x3f800000,
    0x7f7fffff,
    0x7f800000,
    0x7fc00000
  };

  /// The largest error so far, and where it is.
  private static final class Worst {
    private double error;
    private float x;
    private float y;

    void add(double exact, float x, float y) {
      double error = error(exact, y);
      if (error > this.error) {
        this.error = error;
        this.x = x;
        this.y = y;
      }
    }
  }

  /// The distance in units of the last place of the exact value; 0 if both are no number.
  static double error(double exact, float y) {
    if (Double.isNaN(exact) || Float.isNaN(y)) {
      return Double.isNaN(exact) && Float.isNaN(y) ? 0 : Double.POSITIVE_INFINITY;
    }
    if (exact == y) {
      return 0;
    }
    if ((float) exact == y && Float.isInfinite(y)) {
      return 0; // rounding overflows, rightly
    }
    int exponent = Math.clamp(Math.getExponent(exact), Float.MIN_EXPONENT, Float.MAX_EXPONENT);
    double next = Float.isInfinite(y) ? Math.copySign(0x1p128, y) : y;
    return Math.abs(next - exact) / Math.scalb(1.0, exponent - 23);
  }

  private static Worst worst(Fn f) {
    Loop loop = Kernel.of(f.of(Expr.input(0))).loop(Backends.current().loops(), Element.FLOAT, 0);
    Worst worst = new Worst();
    float[] x = new float[1 << 14];
    float[] y = new float[x.length];
    for (long next = 0; next < PATTERNS; ) {
      int n = 0;
      for (; n < x.length && next < PATTERNS; next += STRIDE) {
        x[n++] = argument(f, (int) next);
      }
      measure(f, loop, x, y, n, worst);
    }
    int n = 0;
    for (int edge : EDGES) {
      x[n++] = argument(f, edge);
      x[n++] = argument(f, edge | 0x80000000);
    }
    measure(f, loop, x, y, n, worst);
    return worst;
  }

  private static float argument(Fn f, int bits) {
    float x = Float.intBitsToFloat(bits);
    return f == Fn.EXP_OF_NEGATIVE ? -Math.abs(x) : x;
  }

  private static void measure(Fn f, Loop loop, float[] x, float[] y, int n, Worst worst) {
    loop.run(n, y, 0, x, 0, Kernel.NO_SCALARS);
    for (int i = 0; i < n; i++) {
      worst.add(f.value(x[i]), x[i], y[i]);
    }
  }

  @ParameterizedTest
  @EnumSource
  void everyFunctionOfFloatIsWithinTwoUnitsInTheLastPlace(Fn f) {
    Worst worst = worst(f);
    if (Boolean.getBoolean("ulp.table")) {
      System.out.printf("%-16s %.3f at %s%n", f, worst.error, worst.x);
    }
    assertTrue(
        worst.error <= (f == Fn.SILU || f == Fn.MISH ? 2.1 : 2),
        () ->
            "%s(%s) = %s is %.3f ulp from %s"
                .formatted(f, worst.x, worst.y, worst.error, f.value(worst.x)));
  }
}
