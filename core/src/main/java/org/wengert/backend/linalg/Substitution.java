package org.wengert.backend.linalg;

/// Solutions of triangular systems, in place of the right side. A zero on the diagonal gives
/// infinities and `NaN`, as a division does.
final class Substitution {
  private Substitution() {}

  /// `L⁻¹ b`, `L` the lower triangle of `a`.
  static double[][] lower(double[][] a, double[][] b) {
    for (int i = 0; i < b.length; i++) {
      for (int k = 0; k < i; k++) {
        subtract(b[i], a[i][k], b[k]);
      }
      divide(b[i], a[i][i]);
    }
    return b;
  }

  /// `U⁻¹ b`, `U` the upper triangle of `a`.
  static double[][] upper(double[][] a, double[][] b) {
    for (int i = b.length - 1; i >= 0; i--) {
      for (int k = i + 1; k < b.length; k++) {
        subtract(b[i], a[i][k], b[k]);
      }
      divide(b[i], a[i][i]);
    }
    return b;
  }

  /// `row -= factor · other`.
  static void subtract(double[] row, double factor, double[] other) {
    for (int j = 0; j < row.length; j++) {
      row[j] -= factor * other[j];
    }
  }

  private static void divide(double[] row, double divisor) {
    for (int j = 0; j < row.length; j++) {
      row[j] /= divisor;
    }
  }
}
