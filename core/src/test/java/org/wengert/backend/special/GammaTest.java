package org.wengert.backend.special;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

/// Against values computed with 40 digits.
class GammaTest {
  private static final double[][] GAMMA = { // x, log |Γ(x)|, ψ(x)
    {1e-10, 23.025850929882735237, -10000000000.5772153},
    {0.3, 1.0957979948180755606, -3.5025242222001331249},
    {0.5, 0.57236494292470008707, -1.9635100260214234794},
    {0.75, 0.20328095143129537148, -1.0858608797864721696},
    {1, 0.0, -0.57721566490153286061},
    {1.5, -0.12078223763524522235, 0.036489973978576520559},
    {2, 0.0, 0.42278433509846713939},
    {2.3, 0.1541894549596304745, 0.60003988036396947876},
    {2.5, 0.28468287047291915963, 0.70315664064524318723},
    {4.2, 2.048555636960590042, 1.311338891286599631},
    {8.9, 10.39112862748178549, 2.1288207660445836882},
    {9, 10.604602902745250228, 2.1406414779556099965},
    {30, 71.25703896716800901, 3.3844381326855248766},
    {10000.0, 82099.717496442377273, 9.2102903711428494036},
    {1e+100, 2.2925850929940457206e+102, 230.25850929940456842},
    {-0.5, 1.2655121234846453965, 0.036489973978576520559},
    {-2.7, -0.071407085315645687684, -1.1153471291406896119},
    {-10.2, -13.900530963695150182, 6.6946384504175167794},
  };

  private static final double[][] POLYGAMMA = { // order, x, value
    {1, 0.01, 10001.621213528312804},
    {1, 0.5, 4.9348022005446793094},
    {1, 1, 1.6449340668482264365},
    {1, 3.3, 0.35350154184106183225},
    {1, 40.0, 0.025315103841291028158},
    {1, -0.3, 13.945160267805722489},
    {1, -4.6, 10.716107835423417168},
    {2, 0.01, -2000002.3403986769596},
    {2, 0.5, -16.828796644234319996},
    {2, 1, -2.4041138063191885708},
    {2, 3.3, -0.12375118526494272562},
    {2, 40.0, -0.00064082027183529858776},
    {2, -0.3, 67.63908119988316004},
    {2, -4.6, -22.314382257130531042},
    {5, 0.01, 120000000000115.05251},
    {5, 0.5, 7691.1135486024354962},
    {5, 1, 122.08116743813389677},
    {5, 3.3, 0.12084171431847722886},
    {5, 40.0, 2.4938943509996702254e-7},
    {5, -0.3, 165634.3818520858948},
    {5, -4.6, 31893.167736019202192},
  };

  private static void assertClose(double expected, double actual) {
    assertEquals(expected, actual, 1e-13 * Math.max(1, Math.abs(expected)));
  }

  @Test
  void theLogarithmOfGammaIsRightToThirteenDigits() {
    for (double[] row : GAMMA) {
      assertClose(row[1], Gamma.logGamma(row[0]));
    }
  }

  @Test
  void theLogarithmOfGammaKeepsItsDigitsNextToItsZeros() {
    assertEquals(-5.77215653168851219e-9, Gamma.logGamma(1.00000001), 1e-15 * 1e-8);
    assertEquals(4.2278433575367790418e-9, Gamma.logGamma(2.00000001), 1e-15 * 1e-8);
  }

  @Test
  void digammaIsRightToThirteenDigits() {
    for (double[] row : GAMMA) {
      assertClose(row[2], Gamma.digamma(row[0]));
    }
  }

  @Test
  void polygammaIsRightToThirteenDigits() {
    for (double[] row : POLYGAMMA) {
      double y = Gamma.polygamma((int) row[0], row[1]);
      assertEquals(row[2], y, 1e-13 * Math.abs(row[2]), "order " + row[0] + " at " + row[1]);
    }
    assertEquals(Gamma.digamma(1.2), Gamma.polygamma(0, 1.2));
  }

  @Test
  void thePolesAreWhereTheyAreInPyTorch() {
    for (double pole : new double[] {0, -1, -7, Double.NEGATIVE_INFINITY}) {
      assertEquals(Double.POSITIVE_INFINITY, Gamma.logGamma(pole));
    }
    assertEquals(Double.NEGATIVE_INFINITY, Gamma.digamma(0.0));
    assertEquals(Double.POSITIVE_INFINITY, Gamma.digamma(-0.0));
    assertEquals(Double.NaN, Gamma.digamma(-3));
    assertEquals(Double.POSITIVE_INFINITY, Gamma.polygamma(1, -2));
    assertEquals(Double.NEGATIVE_INFINITY, Gamma.polygamma(2, 0));
  }

  @Test
  void infinityAndNaNPassThrough() {
    assertEquals(Double.POSITIVE_INFINITY, Gamma.logGamma(Double.POSITIVE_INFINITY));
    assertEquals(Double.POSITIVE_INFINITY, Gamma.digamma(Double.POSITIVE_INFINITY));
    assertEquals(0, Gamma.polygamma(1, Double.POSITIVE_INFINITY));
    assertEquals(1e-200, Gamma.polygamma(1, 1e200), 1e-213);
    assertEquals(Double.NaN, Gamma.logGamma(Double.NaN));
    assertEquals(Double.NaN, Gamma.digamma(Double.NaN));
    assertEquals(Double.NaN, Gamma.polygamma(2, Double.NaN));
  }
}
