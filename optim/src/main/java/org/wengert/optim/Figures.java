package org.wengert.optim;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Locale;

/// Numbers in text for people, the same in every country.
final class Figures {
  private Figures() {}

  /// A number with up to six significant digits, as a textbook prints it: without zeros at the end,
  /// and with a power of ten only where it has to be.
  static String six(double number) {
    if (!Double.isFinite(number) || number == 0) {
      return number == 0 ? "0" : Double.toString(number);
    }
    BigDecimal rounded = new BigDecimal(number).round(new MathContext(6)).stripTrailingZeros();
    int exponent = rounded.precision() - rounded.scale() - 1;
    return exponent < -4 || exponent > 9
        ? String.format(Locale.ROOT, "%.5e", number)
        : rounded.toPlainString();
  }

  /// A number with up to two decimals and commas between thousands, such as `40,005.92`.
  static String grouped(double number) {
    if (!Double.isFinite(number) || Math.abs(number) >= 1e15) {
      return Double.isFinite(number) ? six(number) : number > 0 ? "∞" : Double.toString(number);
    }
    String digits = String.format(Locale.ROOT, "%,.2f", number);
    return digits.replaceFirst("\\.?0+$", "");
  }
}
