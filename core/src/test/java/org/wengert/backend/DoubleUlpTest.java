package org.wengert.backend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.math.MathContext;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.wengert.tensor.Rng;

/// Functions of `double` are within two units in the last place of what is right, subnormal results
/// in units of the subnormal numbers: measured at some hundred numbers up to where the functions
/// vanish or overflow, against a hundred digits.
class DoubleUlpTest {
  private static final MathContext DIGITS = new MathContext(100);
  private static final BigDecimal ONE = BigDecimal.ONE;
  private static final BigDecimal TWO = BigDecimal.TWO;
  private static final BigDecimal PI =
      new BigDecimal("3.14159265358979323846264338327950288419716939937510582097494459");

  private static double argument(Fn f, Rng random) {
    double size = Math.scalb(0.5 + 0.5 * random.nextDouble(), random.nextInt(21) - 10);
    double x = random.nextInt(2) == 0 ? size : -size;
    return switch (f) {
      case LOG -> size;
      case ACOSH -> 1 + size;
      case ATANH -> x / 1024;
      case GELU_TANH -> x / 32;
      default -> x;
    };
  }

  private static BigDecimal exact(Fn f, BigDecimal x) {
    return switch (f) {
      case EXP -> exp(x);
      case LOG -> log(x);
      case SINH -> exp(x).subtract(exp(x.negate()), DIGITS).divide(TWO, DIGITS);
      case COSH -> exp(x).add(exp(x.negate()), DIGITS).divide(TWO, DIGITS);
      case TANH -> tanh(x);
      case ASINH -> asinh(x);
      case ACOSH -> log(x.add(x.multiply(x).subtract(ONE).sqrt(DIGITS), DIGITS));
      case ATANH -> log(ONE.add(x).divide(ONE.subtract(x), DIGITS)).divide(TWO, DIGITS);
      case SIGMOID -> sigmoid(x);
      case SILU -> x.multiply(sigmoid(x), DIGITS);
      case SOFTPLUS -> softplus(x);
      case MISH -> mish(x);
      default -> x.multiply(sigmoid(twiceTheAngle(x)), DIGITS);
    };
  }

  /// Taylor's series of a small part, squared.
  private static BigDecimal exp(BigDecimal x) {
    int halvings = 24;
    BigDecimal part = x.divide(TWO.pow(halvings), DIGITS);
    BigDecimal term = ONE;
    BigDecimal sum = ONE;
    for (int i = 1; i < 24; i++) {
      term = term.multiply(part, DIGITS).divide(BigDecimal.valueOf(i), DIGITS);
      sum = sum.add(term, DIGITS);
    }
    for (int i = 0; i < halvings; i++) {
      sum = sum.multiply(sum, DIGITS);
    }
    return sum;
  }

  /// The nearest `double`, and the series of what is missing.
  private static BigDecimal log(BigDecimal x) {
    BigDecimal start = new BigDecimal(StrictMath.log(x.doubleValue()));
    BigDecimal rest = x.multiply(exp(start.negate()), DIGITS).subtract(ONE);
    BigDecimal power = rest;
    BigDecimal sum = start.add(rest, DIGITS);
    for (int i = 2; i < 7; i++) {
      power = power.multiply(rest.negate(), DIGITS);
      sum = sum.add(power.divide(BigDecimal.valueOf(i), DIGITS), DIGITS);
    }
    return sum;
  }

  private static BigDecimal asinh(BigDecimal x) {
    BigDecimal size = x.abs();
    BigDecimal y = log(size.add(size.multiply(size).add(ONE).sqrt(DIGITS), DIGITS));
    return x.signum() < 0 ? y.negate() : y;
  }

  private static BigDecimal sigmoid(BigDecimal x) {
    return ONE.divide(ONE.add(exp(x.negate()), DIGITS), DIGITS);
  }

  private static BigDecimal tanh(BigDecimal x) {
    BigDecimal square = exp(x.multiply(TWO));
    return square.subtract(ONE, DIGITS).divide(square.add(ONE, DIGITS), DIGITS);
  }

  /// `x w (w + 2)/(w² + 2w + 2)` with `w = eˣ`.
  private static BigDecimal mish(BigDecimal x) {
    BigDecimal w = exp(x);
    BigDecimal square = w.multiply(w.add(TWO, DIGITS), DIGITS);
    return x.multiply(square, DIGITS).divide(square.add(TWO, DIGITS), DIGITS);
  }

  /// Far from 0, `log(1 + w)` is `w - w²/2` to all the digits that count.
  private static BigDecimal softplus(BigDecimal x) {
    BigDecimal w = exp(x.abs().negate());
    BigDecimal log =
        x.abs().intValue() > 60
            ? w.subtract(w.multiply(w, DIGITS).divide(TWO, DIGITS), DIGITS)
            : log(ONE.add(w, DIGITS));
    return log.add(x.max(BigDecimal.ZERO), DIGITS);
  }

  private static BigDecimal twiceTheAngle(BigDecimal x) {
    BigDecimal cubic = x.pow(3).multiply(new BigDecimal("0.044715"));
    return x.add(cubic).multiply(TWO).multiply(TWO.divide(PI, DIGITS).sqrt(DIGITS), DIGITS);
  }

  private static double error(BigDecimal exact, double y) {
    if (!Double.isFinite(y) || Double.isInfinite(exact.doubleValue())) {
      return y == exact.doubleValue() ? 0 : Double.POSITIVE_INFINITY;
    }
    BigDecimal unit = new BigDecimal(Math.ulp(exact.doubleValue()));
    return exact.subtract(new BigDecimal(y)).abs().divide(unit, DIGITS).doubleValue();
  }

  private static double[] values(Fn f, double... x) {
    double[] y = new double[x.length];
    Loop loop = Kernel.of(f.of(Expr.input(0))).loop(Backends.current().loops(), Element.DOUBLE, 0);
    loop.run(x.length, y, 0, x, 0, Kernel.NO_SCALARS);
    return y;
  }

  @ParameterizedTest
  @EnumSource(
      names = {
        "EXP",
        "LOG",
        "SINH",
        "COSH",
        "TANH",
        "ASINH",
        "ACOSH",
        "ATANH",
        "SIGMOID",
        "SILU",
        "SOFTPLUS",
        "MISH",
        "GELU_TANH"
      })
  void functionsOfDoubleAreWithinTwoUnitsInTheLastPlace(Fn f) {
    Rng random = new Rng(7);
    double[] x = new double[300];
    for (int i = 0; i < x.length; i++) {
      x[i] = argument(f, random);
    }
    double[] y = values(f, x);
    double worst = 0;
    for (int i = 0; i < x.length; i++) {
      double error = error(exact(f, new BigDecimal(x[i])), y[i]);
      worst = Math.max(worst, error);
      assertTrue(error <= 2, "%s(%s) = %s is %.3f ulp off".formatted(f, x[i], y[i], error));
    }
    if (Boolean.getBoolean("ulp.table")) {
      System.out.printf("%-16s %.3f%n", f, worst);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"SILU", "MISH", "GELU_TANH"})
  void gatesCloseForGood(Fn f) {
    for (double y : values(f, -760, -1e5, -1e300, -Double.MAX_VALUE)) {
      assertEquals(0, Math.abs(y), f::name);
    }
  }

  @ParameterizedTest
  @EnumSource(names = "GELU_TANH")
  void theLastNumbersBeforeAGateCloses(Fn f) {
    double[] x = {-18.7, -20, -21, -21.2, -21.3, -21.4, -21.5, -21.53, -21.55, -22, -25};
    double[] y = values(f, x);
    for (int i = 0; i < x.length; i++) {
      double error = error(exact(f, new BigDecimal(x[i])), y[i]);
      assertTrue(error <= 2, "%s(%s) = %s is %.3f ulp off".formatted(f, x[i], y[i], error));
    }
  }
}
