package org.wengert.backend.special;

/// Elementary functions that `java.lang.StrictMath` lacks or defines otherwise than C, with the
/// same bits on every platform.
public final class Special {
  /// `log 2`.
  public static final double LOG_2 = StrictMath.log(2);

  /// `log 10`.
  public static final double LOG_10 = StrictMath.log(10);

  private Special() {}

  /// The inverse of `sinh`: `log(x + √(x² + 1))`, exact for small `x`, without overflow.
  public static double asinh(double x) {
    double size = Math.abs(x);
    double y =
        size > 0x1p28
            ? StrictMath.log(size) + LOG_2
            : StrictMath.log1p(size + size * size / (1 + Math.sqrt(size * size + 1)));
    return Math.copySign(y, x);
  }

  /// The inverse of `cosh` from 1 on: `log(x + √(x² - 1))`, exact near 1, without overflow.
  public static double acosh(double x) {
    if (x < 1) {
      return Double.NaN;
    }
    double excess = x - 1;
    return x > 0x1p28
        ? StrictMath.log(x) + LOG_2
        : StrictMath.log1p(excess + Math.sqrt(excess * (x + 1)));
  }

  /// The inverse of `tanh`: `½ log((1 + x)/(1 - x))`, exact for small `x`.
  public static double atanh(double x) {
    double size = Math.abs(x);
    return Math.copySign(0.5 * StrictMath.log1p(2 * size / (1 - size)), x);
  }

  /// `2ˣ`.
  public static double exp2(double x) {
    return StrictMath.pow(2, x);
  }

  /// The logarithm to base 2, exact for powers of two.
  public static double log2(double x) {
    if (!(x >= Double.MIN_NORMAL && x <= Double.MAX_VALUE)) {
      return x > 0 && x < 1 ? log2(x * 0x1p54) - 54 : StrictMath.log(x);
    }
    int exponent = Math.getExponent(x);
    double fraction = Math.scalb(x, -exponent);
    if (fraction > Math.sqrt(2)) {
      fraction /= 2;
      exponent++;
    }
    return exponent + StrictMath.log(fraction) / LOG_2;
  }

  /// `aᵇ` as in C: 1 to any power is 1, also to `NaN`, and so is -1 to an infinite one.
  public static double pow(double a, double b) {
    return a == 1 || a == -1 && Double.isInfinite(b) ? 1 : StrictMath.pow(a, b);
  }

  /// `sin(πx)/(πx)`, 1 at 0 and 0 at the other whole numbers, by the distance from the nearest.
  public static double sinc(double x) {
    if (x == 0) {
      return 1;
    }
    double size = Math.abs(x);
    double n = Math.rint(size);
    double y = StrictMath.sin(Math.PI * (size - n)) / (Math.PI * size);
    return n % 2 == 0 ? y : -y;
  }

  /// The derivative of [#sinc(double)] of some order. From `u sinc(u/π) = sin u` follows
  /// `s⁽ⁿ⁾ = (sin⁽ⁿ⁾u - n s⁽ⁿ⁻¹⁾)/u`, each step of which multiplies errors by `n/u`: used from
  /// `u = n` on, and the power series before.
  public static double sinc(int order, double x) {
    double angle = Math.PI * x;
    double scale = StrictMath.pow(Math.PI, order);
    if (Math.abs(angle) < order) {
      return scale * sincSeries(order, angle);
    }
    double y = sinc(x);
    double sine = StrictMath.sin(angle);
    double cosine = StrictMath.cos(angle);
    for (int n = 1; n <= order; n++) {
      double turned = n % 2 == 0 ? sine : cosine;
      y = ((n % 4 < 2 ? turned : -turned) - n * y) / angle;
    }
    return scale * y;
  }

  /// `Σ (-1)ᵏ u²ᵏ⁻ⁿ / ((2k - n)! (2k + 1))` over all `2k >= n`, until the sum stands still.
  private static double sincSeries(int order, double u) {
    int k = (order + 1) / 2;
    double power = (k % 2 == 0 ? 1 : -1) * (2 * k == order ? 1 : u);
    double sum = power / (2 * k + 1);
    double before = Double.NaN;
    while (sum != before) {
      before = sum;
      k++;
      int degree = 2 * k - order;
      power *= -u * u / ((double) degree * (degree - 1));
      sum += power / (2 * k + 1);
    }
    return sum;
  }

  /// `1/(1 + exp(-x))`, by the exponential of `-|x|`, which does not overflow.
  public static double sigmoid(double x) {
    double e = StrictMath.exp(-Math.abs(x));
    return (x < 0 ? e : 1) / (1 + e);
  }

  /// `x/2 (1 + tanh(√(2/π) (x + 0.044715 x³)))`.
  public static double geluTanh(double x) {
    return x * sigmoid(2 * Math.sqrt(2 / Math.PI) * (x + 0.044715 * x * x * x));
  }

  /// `log(1 + exp x)`, without overflow.
  public static double softplus(double x) {
    return Math.max(x, 0) + StrictMath.log1p(StrictMath.exp(-Math.abs(x)));
  }

  /// The remainder of the division rounded down: it has the sign of `b`.
  public static double remainder(double a, double b) {
    double rest = a % b;
    return rest != 0 && b < 0 != rest < 0 ? rest + b : rest;
  }

  /// `a/b` rounded down, such that [#remainder] is the rest; `a/b` itself where `b` is 0.
  public static double floorDivide(double a, double b) {
    if (b == 0) {
      return a / b;
    }
    double rest = a % b;
    double quotient = (a - rest) / b;
    if (rest != 0 && b < 0 != rest < 0) {
      quotient -= 1;
    }
    return quotient == 0 ? Math.copySign(0, a / b) : Math.rint(quotient);
  }

  /// The whole number next to `x` on the side of 0.
  public static double truncate(double x) {
    return x < 0 ? Math.ceil(x) : Math.floor(x);
  }
}
