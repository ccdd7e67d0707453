package org.wengert;

import java.math.BigDecimal;
import java.util.Locale;

/// Names of operations, from the names of their declarations.
final class Labels {
  private Labels() {}

  /// `LOG_SIGMOID` becomes `logSigmoid`.
  static String camelCase(Enum<?> row) {
    StringBuilder name = new StringBuilder();
    for (String word : row.name().toLowerCase(Locale.ROOT).split("_", -1)) {
      name.append(name.isEmpty() ? word.charAt(0) : Character.toUpperCase(word.charAt(0)));
      name.append(word, 1, word.length());
    }
    return name.toString();
  }

  static String decapitalized(String name) {
    return name.isEmpty() ? "op" : Character.toLowerCase(name.charAt(0)) + name.substring(1);
  }

  /// A number in a formula, such as `0.01`, without an exponent.
  static String signed(double x) {
    if (!Double.isFinite(x)) {
      return x > 0 ? "∞" : x < 0 ? "-∞" : "NaN";
    }
    return new BigDecimal(Double.toString(x)).stripTrailingZeros().toPlainString();
  }

  /// The same with negative numbers in parentheses, as factors need it.
  static String number(double x) {
    return x < 0 ? "(" + signed(x) + ")" : signed(x);
  }

  /// A number times something: `0.5 x`, or `x` alone.
  static String times(double factor, String what) {
    return factor == 1 ? what : number(factor) + " " + what;
  }

  /// Something divided by a number.
  static String over(String what, double divisor) {
    return divisor == 1 ? what : what + "/" + number(divisor);
  }
}
