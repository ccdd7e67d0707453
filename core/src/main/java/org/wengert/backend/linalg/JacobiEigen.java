package org.wengert.backend.linalg;

import java.util.stream.IntStream;

/// Eigenvalues and eigenvectors of a symmetric matrix by Jacobi's rotations, row by row until what
/// lies off the diagonal no longer counts. Slower than reduction to a tridiagonal matrix, but exact
/// to the last digits and simple.
final class JacobiEigen {
  private static final int SWEEPS = 60; // about 8 do; more only for NaN

  private final double[] values;
  private final double[][] vectors;

  private JacobiEigen(double[] values, double[][] vectors) {
    this.values = values;
    this.vectors = vectors;
  }

  static JacobiEigen of(double[][] x) {
    int n = x.length;
    double[][] a = new double[n][n];
    double[][] v = new double[n][n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        a[i][j] = (x[i][j] + x[j][i]) / 2;
      }
      v[i][i] = 1;
    }
    for (int sweep = 0; sweep < SWEEPS && sweep(a, v); sweep++) {}
    int[] order =
        IntStream.range(0, n)
            .boxed()
            .sorted((i, j) -> Double.compare(a[i][i], a[j][j]))
            .mapToInt(Integer::intValue)
            .toArray();
    double[] values = IntStream.of(order).mapToDouble(i -> a[i][i]).toArray();
    return new JacobiEigen(values, columns(v, order));
  }

  /// The columns in the given order, each with its largest element positive.
  private static double[][] columns(double[][] v, int[] order) {
    double[][] sorted = new double[v.length][v.length];
    for (int j = 0; j < order.length; j++) {
      double sign = sign(v, order[j]);
      for (int i = 0; i < v.length; i++) {
        sorted[i][j] = sign * v[i][order[j]];
      }
    }
    return sorted;
  }

  /// The sign of the element of largest magnitude in a column, the first of equals.
  static double sign(double[][] v, int column) {
    double largest = 0;
    for (double[] row : v) {
      largest = Math.abs(row[column]) > Math.abs(largest) ? row[column] : largest;
    }
    return largest < 0 ? -1 : 1;
  }

  /// Rotates every pair of axes once; whether there was anything to rotate.
  private static boolean sweep(double[][] a, double[][] v) {
    boolean rotated = false;
    for (int p = 0; p < a.length; p++) {
      for (int q = p + 1; q < a.length; q++) {
        double small = 1e-17 * Math.sqrt(Math.abs(a[p][p])) * Math.sqrt(Math.abs(a[q][q]));
        if (Math.abs(a[p][q]) > Math.max(small, Double.MIN_NORMAL)) {
          rotate(a, v, p, q);
          rotated = true;
        }
      }
    }
    return rotated;
  }

  private static void rotate(double[][] a, double[][] v, int p, int q) {
    double theta = (a[q][q] - a[p][p]) / (2 * a[p][q]);
    double t = Math.copySign(1, theta) / (Math.abs(theta) + StrictMath.hypot(theta, 1));
    double c = 1 / StrictMath.hypot(t, 1);
    double s = t * c;
    double shift = t * a[p][q];
    for (int i = 0; i < a.length; i++) {
      if (i != p && i != q) {
        double left = a[i][p];
        double right = a[i][q];
        a[i][p] = c * left - s * right;
        a[p][i] = a[i][p];
        a[i][q] = s * left + c * right;
        a[q][i] = a[i][q];
      }
      double left = v[i][p];
      double right = v[i][q];
      v[i][p] = c * left - s * right;
      v[i][q] = s * left + c * right;
    }
    a[p][p] -= shift;
    a[q][q] += shift;
    a[p][q] = 0;
    a[q][p] = 0;
  }

  double[] values() {
    return values;
  }

  double[][] vectors() {
    return vectors;
  }
}
