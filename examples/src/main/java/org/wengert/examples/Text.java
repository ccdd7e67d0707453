package org.wengert.examples;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Locale;

/// Lines of text that look the same in every country.
final class Text {
  private Text() {}

  /// Prints a line, without blanks at its end.
  @SuppressWarnings("AnnotateFormatMethod") // would need a dependency
  static void say(String format, Object... values) {
    System.out.println(String.format(Locale.ROOT, format, values).replaceAll(" +$", ""));
  }

  /// A number with so many significant digits, as a textbook prints it: without trailing zeros, and
  /// with a power of ten only where it has to be.
  static String digits(int count, double number) {
    if (!Double.isFinite(number) || number == 0) {
      return number == 0 ? "0" : Double.toString(number);
    }
    BigDecimal rounded = new BigDecimal(number).round(new MathContext(count)).stripTrailingZeros();
    int exponent = rounded.precision() - rounded.scale() - 1;
    return exponent < -4 || exponent > 9
        ? String.format(Locale.ROOT, "%." + (count - 1) + "e", number)
        : rounded.toPlainString();
  }
}
