package org.wengert.backend.special;

/// The logarithm of the gamma function and its derivatives, with the same bits on every platform.
/// Good to 1e-13, relative to the larger of the value and 1.
public final class Gamma {
  private static final double EULER = 0.5772156649015329;

  /// Bernoulli's numbers `B₂, B₄, ..., B₂₄`.
  private static final double[] BERNOULLI = {
    1.0 / 6,
    -1.0 / 30,
    1.0 / 42,
    -1.0 / 30,
    5.0 / 66,
    -691.0 / 2730,
    7.0 / 6,
    -3617.0 / 510,
    43867.0 / 798,
    -174611.0 / 330,
    854513.0 / 138,
    -236364091.0 / 2730
  };

  /// `ζ(k) - 1` at index `k`, from 2 on.
  private static final double[] ZETA_LESS_ONE = new double[45];

  static {
    for (int k = 2; k < ZETA_LESS_ONE.length; k++) {
      ZETA_LESS_ONE[k] = zeta(k, 2);
    }
  }

  private Gamma() {}

  /// `log |Γ(x)|`: near its zeros 1 and 2 the series in `ζ(k) - 1` (Abramowitz and Stegun 6.1.33),
  /// from 9 on Stirling's, in between the recurrence `Γ(x + 1) = x Γ(x)`, below 0 the reflection.
  /// Infinite at 0, -1, -2, ...
  public static double logGamma(double x) {
    if (Double.isNaN(x) || Double.isInfinite(x)) {
      return Math.abs(x);
    }
    if (x <= 0) {
      double sine = Math.abs(StrictMath.sin(Math.PI * (x - Math.rint(x))));
      return sine == 0
          ? Double.POSITIVE_INFINITY
          : StrictMath.log(Math.PI / sine) - logGamma(1 - x);
    }
    if (x < 0.5) {
      return nearTwo(x) - StrictMath.log1p(x) - StrictMath.log(x);
    }
    if (x < 1.5) {
      return nearTwo(x - 1) - StrictMath.log1p(x - 1);
    }
    if (x < 9) {
      double product = 1;
      double z = x;
      while (z > 2.5) {
        z -= 1;
        product *= z;
      }
      return nearTwo(z - 2) + StrictMath.log(product);
    }
    return stirling(x);
  }

  private static double stirling(double x) {
    double sum = 0;
    for (int j = 8; j >= 1; j--) {
      sum = sum / (x * x) + BERNOULLI[j - 1] / (2 * j * (2 * j - 1));
    }
    return (x - 0.5) * (StrictMath.log(x) - 1) - 0.5 + 0.5 * StrictMath.log(2 * Math.PI) + sum / x;
  }

  /// `log Γ(2 + z) = (1 - γ) z + Σₖ (ζ(k) - 1) (-z)ᵏ/k` for `|z| <= 1/2`.
  private static double nearTwo(double z) {
    double sum = 0;
    for (int k = ZETA_LESS_ONE.length - 1; k >= 2; k--) {
      sum = ZETA_LESS_ONE[k] / k - z * sum;
    }
    return z * (1 - EULER + z * sum);
  }

  /// `d/dx log Γ(x)`: the asymptotic series from 9 on, reached by the recurrence
  /// `ψ(x + 1) = ψ(x) + 1/x`, below 0 the reflection. Infinite at 0, with the sign of `-x`; `NaN`
  /// at -1, -2, ...
  public static double digamma(double x) {
    if (x == 0) {
      return Math.copySign(Double.POSITIVE_INFINITY, -x);
    }
    if (x < 0) {
      return x == Math.rint(x)
          ? Double.NaN
          : digamma(1 - x) - Math.PI / StrictMath.tan(Math.PI * (x - Math.rint(x)));
    }
    double recurrence = 0;
    double z = x;
    for (; z < 9; z++) {
      recurrence += 1 / z;
    }
    double sum = 0;
    for (int j = 8; j >= 1; j--) {
      sum = sum / (z * z) + BERNOULLI[j - 1] / (2 * j);
    }
    return StrictMath.log(z) - 0.5 / z - sum / (z * z) - recurrence;
  }

  /// The derivative of [#digamma] of order `n`: `(-1)ⁿ⁺¹ n! ζ(n + 1, x)`.
  public static double polygamma(int n, double x) {
    if (n == 0) {
      return digamma(x);
    }
    double factorial = 1;
    for (int k = 2; k <= n; k++) {
      factorial *= k;
    }
    return (n % 2 == 1 ? factorial : -factorial) * zeta(n + 1, x);
  }

  /// Hurwitz' zeta function `Σₖ (q + k)⁻ˢ` for `s >= 2`, infinite at 0, -1, -2, ... The terms of
  /// both signs below 0 are themselves such sums.
  static double zeta(int s, double q) {
    if (q > 0) {
      return positiveZeta(s, q);
    }
    if (Double.isNaN(q)) {
      return q;
    }
    if (q == Math.rint(q)) {
      return Double.POSITIVE_INFINITY;
    }
    double above = q - Math.floor(q);
    double below = Math.ceil(q) - q;
    double mirrored = positiveZeta(s, below) - positiveZeta(s, 1 - q);
    return positiveZeta(s, above) + (s % 2 == 0 ? mirrored : -mirrored);
  }

  /// Euler and Maclaurin: the first terms one by one, the rest as an integral with corrections.
  private static double positiveZeta(int s, double q) {
    double sum = 0;
    double a = q;
    for (; a < s + 9; a++) {
      sum += StrictMath.pow(a, -s);
    }
    double power = StrictMath.pow(a, -s);
    sum += StrictMath.pow(a, 1 - s) / (s - 1) + power / 2;
    double factor = s / a;
    for (int j = 1; j <= BERNOULLI.length; j++) {
      factor /= (2.0 * j - 1) * (2 * j);
      sum += BERNOULLI[j - 1] * factor * power;
      factor *= (s + 2.0 * j - 1) * (s + 2 * j) / (a * a);
    }
    return sum;
  }
}
