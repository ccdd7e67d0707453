package org.wengert.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;

/// How numbers of lectures are compared.
final class Lectures {
  private Lectures() {}

  /// The number, rounded to the digits that are printed, is the printed one.
  static void assertDigits(String printed, double number) {
    assertDigits(printed, number, 0);
  }

  /// The same, but for a few units of the last digit.
  static void assertDigits(String printed, double number, int units) {
    String digits = printed.replaceFirst("[eE].*", "");
    int point = digits.indexOf('.');
    int decimals = point < 0 ? 0 : digits.length() - point - 1;
    String power = printed.substring(digits.length()).replaceFirst("[eE]", "");
    double unit = Math.pow(10, (power.isEmpty() ? 0 : Integer.parseInt(power)) - decimals);
    assertEquals(Double.parseDouble(printed), number, (units + 0.5001) * unit);
  }
}
