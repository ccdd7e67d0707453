package org.wengert.backend.special;

/// The error function, its complement and its inverse, which `java.lang.StrictMath` lacks, with the
/// same bits on every platform.
public final class Erf {
  private static final double TWO_OVER_ROOT_PI = 2 / Math.sqrt(Math.PI);

  private Erf() {}

  /// The error function `2/√π ∫₀ˣ exp(-t²) dt`. Below 2.5 the series
  /// `2/√π exp(-x²) Σ 2ⁿ x²ⁿ⁺¹ / (1·3·5⋯(2n+1))`, whose terms are all positive, so nothing cancels
  /// (Abramowitz and Stegun 7.1.6); above, one less [#erfc]. Good to a few ulp.
  public static double erf(double x) {
    double size = Math.abs(x);
    if (!(size < 2.5)) {
      return Double.isNaN(x) ? x : Math.copySign(1 - tail(size), x);
    }
    double square = size * size;
    double term = size;
    double sum = size;
    for (int n = 1; term > sum * 0x1p-55; n++) {
      term *= 2 * square / (2 * n + 1);
      sum += term;
    }
    return Math.copySign(TWO_OVER_ROOT_PI * StrictMath.exp(-square) * sum, x);
  }

  /// The complement `1 - erf(x)`, without cancellation for large `x`.
  public static double erfc(double x) {
    return x < 1.5 ? 1 - erf(x) : tail(x);
  }

  /// `erfc` of large arguments, by the continued fraction
  /// `exp(-x²)/√π · 1/(x + (1/2)/(x + 1/(x + (3/2)/(x + ...))))` (Abramowitz and Stegun 7.1.14),
  /// evaluated from the inside; `n` levels leave a relative error near `exp(-2x √(2n))`.
  private static double tail(double x) {
    if (x > 27.3) {
      return 0;
    }
    double fraction = x;
    for (int k = 12 + (int) (200 / (x * x)); k >= 1; k--) {
      fraction = x + 0.5 * k / fraction;
    }
    double square = x * x;
    double lost = Math.fma(x, x, -square); // what rounding took from x²; exp would magnify it
    return StrictMath.exp(-square) * (1 - lost) / (Math.sqrt(Math.PI) * fraction);
  }

  /// The `y` with `erf(y) = x`, infinite at ±1 and `NaN` beyond. A closed guess good to 2 digits
  /// (Winitzki, 2008), then four of Halley's steps, which triple the digits; for large `x` on the
  /// complement, which keeps them.
  public static double inverse(double x) {
    double size = Math.abs(x);
    if (!(size < 1)) {
      return size == 1 ? Math.copySign(Double.POSITIVE_INFINITY, x) : Double.NaN;
    }
    double log = StrictMath.log((1 - size) * (1 + size));
    double half = 2 / (Math.PI * 0.147) + log / 2;
    double y = Math.sqrt(Math.max(0, Math.sqrt(half * half - log / 0.147) - half));
    for (int step = 0; step < 4; step++) {
      double excess = size < 0.5 ? erf(y) - size : 1 - size - erfc(y);
      double newton = excess / (TWO_OVER_ROOT_PI * StrictMath.exp(-y * y));
      y -= newton / (1 + y * newton);
    }
    return Math.copySign(y, x);
  }

  /// `x Φ(x)`, with `Φ` the normal distribution function (Hendrycks and Gimpel, 2016).
  public static double gelu(double x) {
    return 0.5 * x * erfc(-x * Math.sqrt(0.5));
  }
}
