package org.wengert.examples;

import static org.wengert.examples.Text.say;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;

/// What a lesson writes on the board: beside each number of a lecture the one that is computed, and
/// a verdict, so that nobody has to compare digits by eye.
///
/// A verdict is `exact`, if the computed number rounds to the printed digits; `±1 in the last
/// digit`, also with 2; `3 digits`, if it differs by at most half a unit of the third; or `WRONG`.
public final class Board {
  private static final String ROW = "  %-42s %12s %18s   %s";

  private Board() {}

  /// The heading of a part, above two columns: the source of the numbers, and `computed`.
  public static void head(String title, String source) {
    say("");
    say("%s", title);
    say(ROW, "", source, "computed", "");
  }

  /// A line of explanation.
  public static void note(String format, Object... values) {
    say("  " + format, values);
  }

  /// A number that the lecture prints, as it prints it, beside the computed one.
  public static void row(String what, String printed, double computed) {
    say(ROW, what, printed, Text.digits(10, computed), verdict(printed, computed));
  }

  /// A number that the lecture does not print.
  public static void row(String what, double computed) {
    say(ROW, what, "", Text.digits(10, computed), "");
  }

  /// How far a computed number agrees with a printed one.
  public static String verdict(String printed, double computed) {
    if (!Double.isFinite(computed)) {
      return "WRONG";
    }
    BigDecimal is = new BigDecimal(printed);
    BigDecimal exact = new BigDecimal(computed);
    BigDecimal rounded = exact.setScale(is.scale(), RoundingMode.HALF_EVEN);
    BigInteger units = rounded.subtract(is).unscaledValue().abs();
    if (units.signum() == 0) {
      return "exact";
    }
    if (units.compareTo(BigInteger.TWO) <= 0 && is.precision() > 2) {
      return "±" + units + " in the last digit";
    }
    int digits = 0;
    while (isWithin(is, exact, digits + 1)) {
      digits++;
    }
    return digits == 0 ? "WRONG" : digits == 1 ? "1 digit" : digits + " digits";
  }

  /// Whether both differ by at most half a unit of this digit, counted from 1.
  private static boolean isWithin(BigDecimal printed, BigDecimal computed, int digit) {
    int first = printed.precision() - printed.scale() - 1;
    BigDecimal half = BigDecimal.ONE.movePointRight(first - digit + 1).divide(BigDecimal.TWO);
    return printed.subtract(computed).abs().compareTo(half) <= 0;
  }
}
