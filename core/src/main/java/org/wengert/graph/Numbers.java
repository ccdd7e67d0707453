package org.wengert.graph;

import java.util.Locale;
import org.wengert.tensor.Tensor;

/// Numbers as a student writes them.
final class Numbers {
  private Numbers() {}

  /// Up to five significant digits, without zeros at the end: `0.5`, `1.2504`, `5.5401e-4`.
  static String brief(double x) {
    return rounded(x, 5);
  }

  /// As in a product: four digits, of numbers from 0.1 four decimals.
  static String factor(double x) {
    if (x != 0 && Math.abs(x) < 1e-2) {
      return scientific(x, 4);
    }
    boolean isShort = Math.abs(x) >= 0.1 && Math.abs(x) < 1e4;
    return rounded(x, isShort ? 5 + (int) Math.floor(Math.log10(Math.abs(x))) : 4);
  }

  /// As in a result: eight significant digits, small numbers as `5.5400716e-4`.
  static String result(double x) {
    return Math.abs(x) < 1e-2 && x != 0 ? scientific(x, 8) : rounded(x, 8);
  }

  /// The root of the sum of the squares.
  static double norm(Tensor x) {
    double squares = 0;
    for (double element : x.toDoubleArray()) {
      squares += element * element;
    }
    return Math.sqrt(squares);
  }

  /// Up to `digits` significant digits, without zeros at the end.
  static String rounded(double x, int digits) {
    if (!Double.isFinite(x)) {
      return Double.isNaN(x) ? "NaN" : x > 0 ? "∞" : "-∞";
    }
    if (x == Math.rint(x) && Math.abs(x) < 1e7) {
      return x == 0 ? "0" : Long.toString((long) x);
    }
    double size = Math.abs(x);
    if (size >= 1e-3 && size < 1e7) {
      int decimals = Math.max(0, digits - 1 - (int) Math.floor(Math.log10(size)));
      return withoutZeros(String.format(Locale.ROOT, "%." + decimals + "f", x));
    }
    return scientific(x, digits);
  }

  private static String scientific(double x, int digits) {
    String[] parts = String.format(Locale.ROOT, "%." + (digits - 1) + "e", x).split("e", 2);
    return withoutZeros(parts[0]) + "e" + Integer.parseInt(parts[1]);
  }

  private static String withoutZeros(String number) {
    if (number.indexOf('.') < 0) {
      return number;
    }
    int end = number.length();
    while (number.charAt(end - 1) == '0') {
      end--;
    }
    return number.substring(0, number.charAt(end - 1) == '.' ? end - 1 : end);
  }
}
