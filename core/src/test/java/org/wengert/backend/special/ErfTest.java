package org.wengert.backend.special;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.wengert.backend.Expr;
import org.wengert.backend.Fn;
import org.wengert.backend.Kernel;

/// Against values computed with 60 digits: the Taylor series of erf, the continued fraction of
/// erfc.
class ErfTest {
  private static final double[][] SMALL = { // x, erf x, erfc x
    {1e-300, 1.1283791670955126171e-300, 1},
    {1e-8, 1.1283791670955126187e-08, 9.9999998871620832119e-01},
    {0.1, 1.1246291601828489748e-01, 8.8753708398171504701e-01},
    {0.5, 5.2049987781304651868e-01, 4.7950012218695348132e-01},
    {1, 8.4270079294971489414e-01, 1.5729920705028513361e-01},
    {1.5, 9.6610514647531076093e-01, 3.3894853524689273760e-02},
    {2, 9.9532226501895271209e-01, 4.6777349810472662259e-03},
    {2.4, 9.9931148610335496230e-01, 6.8851389664507890373e-04},
    {2.5, 9.9959304798255499414e-01, 4.0695201744495891876e-04},
    {3, 9.9997790950300136092e-01, 2.2090496998585441217e-05},
    {4, 9.9999998458274208524e-01, 1.5417257900280019994e-08},
    {5.5, 9.9999999999999267253e-01, 7.3578479179743982872e-15},
  };

  private static final double[][] TAIL = { // x, erfc x
    {2.5, 4.0695201744495891876e-04},
    {3, 2.2090496998585441217e-05},
    {4, 1.5417257900280019994e-08},
    {5.5, 7.3578479179743982872e-15},
    {7, 4.1838256077794142097e-23},
    {10, 2.0884875837625448771e-45},
    {15, 7.2129941724512068228e-100},
    {20, 5.3958656116079011787e-176},
    {25, 8.3001725711965227926e-274},
    {26.5, 2.2109076642637342509e-307},
    {5.1, 5.4938202175553195966e-13},
    {10.1, 2.7708969831311739277e-46},
    {20.3, 2.9853181806016358305e-181},
    {26.1, 3.0812174933145931860e-298},
  };

  @Test
  void erfIsRightToOnePartInTenToTheFifteen() {
    for (double[] row : SMALL) {
      assertEquals(row[1], Erf.erf(row[0]), 1e-15 * row[1], "erf " + row[0]);
      assertEquals(-row[1], Erf.erf(-row[0]), 1e-15 * row[1], "erf " + -row[0]);
    }
  }

  @Test
  void erfcIsRightToTenToTheMinusFifteen() {
    for (double[] row : SMALL) {
      assertEquals(row[2], Erf.erfc(row[0]), 1e-15, "erfc " + row[0]);
      assertEquals(2 - row[2], Erf.erfc(-row[0]), 1e-15, "erfc " + -row[0]);
    }
  }

  @Test
  void theTailOfErfcKeepsItsDigits() {
    for (double[] row : TAIL) {
      assertEquals(row[1], Erf.erfc(row[0]), 2e-15 * row[1], "erfc " + row[0]);
    }
  }

  @Test
  void loopsOfDoubleAreRightToTwoUlp() {
    for (double[] row : SMALL) {
      assertLoop(Fn.ERF, row[0], row[1]);
      assertLoop(Fn.ERFC, row[0], row[2]);
    }
    for (double[] row : TAIL) {
      assertLoop(Fn.ERFC, row[0], row[1]);
    }
  }

  private static void assertLoop(Fn f, double x, double exact) {
    double y = Kernel.of(f.of(Expr.input(0))).value(new double[] {x});
    assertEquals(exact, y, 2 * Math.ulp(exact), f + " " + x);
  }

  @Test
  void theEndsAreExact() {
    assertEquals(0.0, Erf.erf(0.0));
    assertEquals(-0.0, Erf.erf(-0.0));
    assertEquals(1, Erf.erf(Double.POSITIVE_INFINITY));
    assertEquals(-1, Erf.erf(Double.NEGATIVE_INFINITY));
    assertEquals(Double.NaN, Erf.erf(Double.NaN));
    assertEquals(1, Erf.erfc(0));
    assertEquals(0, Erf.erfc(Double.POSITIVE_INFINITY));
    assertEquals(2, Erf.erfc(Double.NEGATIVE_INFINITY));
    assertEquals(Double.NaN, Erf.erfc(Double.NaN));
    assertEquals(Double.MIN_VALUE, Erf.erf(Double.MIN_VALUE));
  }

  @Test
  void geluFollowsTheNormalDistribution() {
    assertEquals(0, Erf.gelu(0));
    assertEquals(0.84134474606854294858, Erf.gelu(1), 1e-15);
    assertEquals(-0.15865525393145705142, Erf.gelu(-1), 1e-15);
    assertEquals(10, Erf.gelu(10));
  }

  private static final double[][] INVERSE = { // x, y with erf y = x
    {1e-300, 8.8622692545275803586e-301},
    {1e-08, 8.8622692545275805539e-9},
    {0.1, 0.088855990494257691974},
    {0.3, 0.27246271472675434502},
    {0.5, 0.47693627620446987338},
    {0.7, 0.73286907795921678488},
    {0.95, 1.3859038243496776766},
    {0.999, 2.3267537655135244939},
    {0.9999999999, 4.5728249585449249378},
  };

  @Test
  void theInverseIsRightToOnePartInTenToTheFourteen() {
    for (double[] row : INVERSE) {
      assertEquals(row[1], Erf.inverse(row[0]), 1e-14 * row[1], "inverse of " + row[0]);
      assertEquals(-row[1], Erf.inverse(-row[0]), 1e-14 * row[1], "inverse of " + -row[0]);
    }
  }

  @Test
  void theInverseIsInfiniteAtOneAndNotANumberBeyond() {
    assertEquals(Double.POSITIVE_INFINITY, Erf.inverse(1));
    assertEquals(Double.NEGATIVE_INFINITY, Erf.inverse(-1));
    assertEquals(Double.NaN, Erf.inverse(1.5));
    assertEquals(-0.0, Erf.inverse(-0.0));
  }
}
