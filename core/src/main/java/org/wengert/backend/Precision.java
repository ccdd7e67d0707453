package org.wengert.backend;

/// What the polynomials need to know of a width. Immutable, if the arrays are left alone.
///
/// @param element the width
/// @param digits the bits behind the point
/// @param log2 the logarithm of 2, and what rounding took from it
/// @param log10Of2 its decimal logarithm, and what rounding took from it
/// @param log2OfE the logarithm of `e` to base 2, and what rounding took from it
/// @param log10OfE its decimal logarithm, and what rounding took from it
/// @param quarter of a turn, `π/2`, in three parts
/// @param overflow `exp` of this is infinite
/// @param underflow `exp` of this is 0
/// @param vanished `x exp(-x)` of this is 0
/// @param raise of powers of two: `exp` of `-vanished` times two to this power is normal
/// @param lost `exp` of this, less 1, is -1
/// @param saturated `tanh` of this is 1
/// @param least of the numbers `1 + f` whose logarithm [#log1p] approximates
/// @param expm1 `(eʳ - 1 - r)/r²` for `|r| <= log(2)/2`
/// @param log1p see [Elementaries#log1pNear0]
/// @param tanh `(tanh(x)/x - 1)/x²` in `x²`, for `|x| < 0.55`
/// @param sine `(sin(r)/r - 1)/r²` in `r²`, for `|r| <= π/4`
/// @param cosine `(cos(r) - 1 + r²/2)/r⁴` in `r²`, for `|r| <= π/4`
@SuppressWarnings("ArrayRecordComponent") // handed over, not compared
record Precision(
    Element element,
    int digits,
    double[] log2,
    double[] log10Of2,
    double[] log2OfE,
    double[] log10OfE,
    double[] quarter,
    double overflow,
    double underflow,
    double vanished,
    int raise,
    double lost,
    double saturated,
    double least,
    double[] expm1,
    double[] log1p,
    double[] tanh,
    double[] sine,
    double[] cosine) {

  static final Precision FLOAT =
      new Precision(
          Element.FLOAT,
          23,
          parts(Math.log(2), 0),
          parts(Math.log10(2), 0),
          new double[] {1.442695f, 1.925963e-8f},
          new double[] {0.4342945f, -1.010305e-8f},
          parts(Math.PI / 2, 6.123233995736766e-17),
          89,
          -104.5,
          110,
          43,
          -18,
          9.02,
          0x1.555556p-1f,
          new double[] {0.0013818359f, 0.008368716f, 0.041668296f, 0.16666521f, 0.49999994f},
          new double[] {
            -0.12878527f,
            0.13986948f,
            -0.121874146f,
            0.14005302f,
            -0.16680248f,
            0.20010446f,
            -0.24999803f,
            0.33333215f,
            -0.5f
          },
          new double[] {-0.006169614f, 0.021000376f, -0.053835757f, 0.13332437f, -0.33333313f},
          new double[] {-0.00019506844f, 0.008332102f, -0.16666654f},
          new double[] {2.4430881e-05f, -0.0013887302f, 0.041666646f});

  static final Precision DOUBLE =
      new Precision(
          Element.DOUBLE,
          52,
          new double[] {0.6931471805599453, 2.3190468138462996e-17},
          new double[] {0.3010299956639812, -2.8037281277851704e-18},
          new double[] {1.4426950408889634, 2.0355273740931033e-17},
          new double[] {0.4342944819032518, 1.098319650216765e-17},
          new double[] {1.5707963267948966, 6.123233995736766e-17, -1.4973849048591698e-33},
          710,
          -746,
          753,
          72,
          -38,
          20,
          Math.sqrt(0.5),
          new double[] {
            2.5100397137931663e-08,
            2.762010358488696e-07,
            2.755726843551756e-06,
            2.4801521264122017e-05,
            0.00019841269863069374,
            0.0013888888917234206,
            0.008333333333330058,
            0.04166666666662409,
            0.16666666666666669,
            0.5
          },
          new double[] {
            0.14619343453558123,
            0.1533148723586137,
            0.18182896183483246,
            0.22222211037816586,
            0.28571428626570206,
            0.3999999999989819,
            0.666666666666667
          },
          new double[] {
            -2.060276493039101e-05,
            8.51131361465373e-05,
            -0.0002346347406052583,
            0.0005889360518229255,
            -0.0014556618300575479,
            0.0035921103786826438,
            -0.008863234397813764,
            0.02186948849366691,
            -0.053968253967434016,
            0.13333333333332714,
            -0.3333333333333333
          },
          new double[] {
            1.5918101227996822e-10,
            -2.5051131455389307e-08,
            2.755731610068279e-06,
            -0.00019841269836754969,
            0.008333333333330946,
            -0.16666666666666666
          },
          new double[] {
            -1.1382614726108534e-11,
            2.0876146022272754e-09,
            -2.7557317270545413e-07,
            2.4801587298763392e-05,
            -0.0013888888888887395,
            0.041666666666666664
          });

  /// A number as a sum of three of `float`, each taking what rounding left of those before.
  ///
  /// @param rest what rounding to `double` took
  private static double[] parts(double x, double rest) {
    float first = (float) x;
    float second = (float) (x - first);
    return new double[] {first, second, (float) ((x - first - second) + rest)};
  }

  /// Added to a small number, leaves it rounded to a whole number in the low bits.
  double rounder() {
    return 1.5 * Math.scalb(1.0, digits);
  }

  /// The bits of a number.
  long bits(double x) {
    return element == Element.FLOAT
        ? Float.floatToRawIntBits((float) x)
        : Double.doubleToRawLongBits(x);
  }

  /// The smallest normal number.
  double normal() {
    return element == Element.FLOAT ? Float.MIN_NORMAL : Double.MIN_NORMAL;
  }

  /// Below, functions that begin like `x` are `x`.
  double tiny() {
    return Math.scalb(1.0, -digits - 2);
  }
}
