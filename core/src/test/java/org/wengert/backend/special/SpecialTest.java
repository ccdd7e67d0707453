package org.wengert.backend.special;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

/// Against values computed with 40 digits, and the conventions of C and Python.
class SpecialTest {
  private static final double INFINITY = Double.POSITIVE_INFINITY;

  private static final double[][] HYPERBOLIC = { // x, asinh x, acosh (1 + x), atanh x
    {1e-300, 1.0000000000000000251e-300, 0.0, 1.0000000000000000251e-300},
    {1e-09, 1.0000000000000000621e-9, 0.000044721359546269015359, 1.0000000000000000626e-9},
    {0.1, 0.099834078899207568851, 0.44356825438511520125, 0.10033534773107558624},
    {0.5, 0.4812118250596034475, 0.962423650119206895, 0.5493061443340548457},
    {0.999, 0.88066630343220946081, 1.3163803541092534629, 3.8002011672501995875},
  };

  @Test
  void theInversesOfHyperbolicFunctionsKeepTheirDigits() {
    for (double[] row : HYPERBOLIC) {
      assertEquals(row[1], Special.asinh(row[0]), 1e-15 * row[1]);
      assertEquals(-row[1], Special.asinh(-row[0]), 1e-15 * row[1]);
      assertEquals(row[3], Special.atanh(row[0]), 1e-15 * row[3]);
      assertEquals(-row[3], Special.atanh(-row[0]), 1e-15 * row[3]);
      double rounding = 1e-16 / Math.max(row[2], 1e-16);
      assertEquals(row[2], Special.acosh(1 + row[0]), rounding + 1e-15 * row[2]);
    }
  }

  @Test
  void theInversesOfHyperbolicFunctionsDoNotOverflow() {
    assertEquals(461.21016577936908, Special.asinh(1e200), 1e-12);
    assertEquals(461.21016577936908, Special.acosh(1e200), 1e-12);
    assertEquals(INFINITY, Special.asinh(INFINITY));
    assertEquals(INFINITY, Special.atanh(1));
    assertEquals(Double.NaN, Special.atanh(1.5));
    assertEquals(Double.NaN, Special.acosh(0.5));
  }

  @Test
  void logarithmsOfPowersOfTwoAreExact() {
    for (int exponent = -1074; exponent <= 1023; exponent++) {
      assertEquals(exponent, Special.log2(Math.scalb(1.0, exponent)));
    }
    assertEquals(1.5849625007211561815, Special.log2(3), 2e-16);
    assertEquals(-1.4426957622784504e-6, Special.log2(0.999999), 1e-20);
    assertEquals(-INFINITY, Special.log2(0));
    assertEquals(INFINITY, Special.log2(INFINITY));
    assertEquals(Double.NaN, Special.log2(-1));
  }

  @Test
  void powersOfOneAreOneAsInC() {
    assertEquals(1, Special.pow(1, Double.NaN));
    assertEquals(1, Special.pow(1, -INFINITY));
    assertEquals(1, Special.pow(-1, INFINITY));
    assertEquals(1, Special.pow(Double.NaN, 0));
    assertEquals(8, Special.pow(2, 3));
  }

  @Test
  void theRemainderHasTheSignOfTheDivisor() {
    assertEquals(1, Special.remainder(7, 2));
    assertEquals(1, Special.remainder(-7, 2));
    assertEquals(-1, Special.remainder(7, -2));
    assertEquals(-1, Special.remainder(-7, -2));
    assertEquals(-INFINITY, Special.remainder(5, -INFINITY));
    assertEquals(Double.NaN, Special.remainder(5, 0));
  }

  @Test
  void theFloorOfAQuotientFitsItsRemainder() {
    assertEquals(-4, Special.floorDivide(-7, 2));
    assertEquals(9, Special.floorDivide(1, 0.1)); // 0.1 is a little more than a tenth
    assertEquals(-1, Special.floorDivide(5, -INFINITY));
    assertEquals(-INFINITY, Special.floorDivide(-5, 0));
    assertEquals(-0.0, Special.floorDivide(-0.0, 3));
  }

  @Test
  void truncationGoesTowardsZero() {
    assertEquals(2, Special.truncate(2.7));
    assertEquals(-2, Special.truncate(-2.7));
    assertEquals(-0.0, Special.truncate(-0.0));
  }
}
