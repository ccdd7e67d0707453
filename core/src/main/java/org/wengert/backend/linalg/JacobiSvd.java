package org.wengert.backend.linalg;

import java.util.stream.IntStream;

/// `A = U diag(σ) Vᵀ` by one-sided Jacobi: columns are rotated against each other until all are
/// orthogonal; their lengths are the singular values, small ones with as many digits as large ones.
/// A wide matrix is transposed first.
final class JacobiSvd {
  private static final int SWEEPS = 60; // about 8 do; more only for NaN
  private static final double ORTHOGONAL = 1e-16;

  private final double[] values;
  private final double[][] left; // columns
  private final double[][] right; // columns

  private JacobiSvd(double[] values, double[][] left, double[][] right) {
    this.values = values;
    this.left = left;
    this.right = right;
  }

  static JacobiSvd of(double[][] x) {
    boolean wide = x.length < x[0].length;
    double[][] columns = wide ? x : transposed(x); // one array for each column
    int exponent = scale(columns);
    int n = columns.length;
    double[][] v = new double[n][n]; // one array for each column, too
    for (int i = 0; i < n; i++) {
      v[i][i] = 1;
    }
    for (int sweep = 0; sweep < SWEEPS && sweep(columns, v); sweep++) {}
    double[] lengths = new double[n];
    for (int j = 0; j < n; j++) {
      lengths[j] = length(columns[j]);
    }
    int[] order =
        IntStream.range(0, n)
            .boxed()
            .sorted((i, j) -> Double.compare(lengths[j], lengths[i]))
            .mapToInt(Integer::intValue)
            .toArray();
    double[][] u = picked(columns, order);
    normalize(u, IntStream.of(order).mapToDouble(j -> lengths[j]).toArray());
    double[] values =
        IntStream.of(order).mapToDouble(j -> Math.scalb(lengths[j], exponent)).toArray();
    double[][] first = transposed(u);
    double[][] second = transposed(picked(v, order));
    return wide ? signed(values, second, first) : signed(values, first, second);
  }

  /// Divides by a power of two so that the largest element is near 1 and no square overflows;
  /// returns its exponent.
  private static int scale(double[][] columns) {
    double largest = 0;
    for (double[] column : columns) {
      for (double x : column) {
        largest = Math.max(largest, Math.abs(x));
      }
    }
    int exponent =
        largest > 0 && largest < Double.POSITIVE_INFINITY ? Math.getExponent(largest) : 0;
    for (double[] column : columns) {
      for (int i = 0; i < column.length; i++) {
        column[i] = Math.scalb(column[i], -exponent);
      }
    }
    return exponent;
  }

  private static boolean sweep(double[][] columns, double[][] v) {
    boolean rotated = false;
    for (int p = 0; p < columns.length; p++) {
      for (int q = p + 1; q < columns.length; q++) {
        double lengths = length(columns[p]) * length(columns[q]);
        double dot = dot(columns[p], columns[q]);
        if (Math.abs(dot) > ORTHOGONAL * columns[p].length * lengths && lengths > 0) {
          double theta = (dot(columns[q], columns[q]) - dot(columns[p], columns[p])) / (2 * dot);
          double t = Math.copySign(1, theta) / (Math.abs(theta) + StrictMath.hypot(theta, 1));
          double c = 1 / StrictMath.hypot(t, 1);
          rotate(columns[p], columns[q], c, t * c);
          rotate(v[p], v[q], c, t * c);
          rotated = true;
        }
      }
    }
    return rotated;
  }

  private static void rotate(double[] a, double[] b, double c, double s) {
    for (int i = 0; i < a.length; i++) {
      double left = a[i];
      double right = b[i];
      a[i] = c * left - s * right;
      b[i] = s * left + c * right;
    }
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }

  private static double length(double[] a) {
    return Math.sqrt(dot(a, a));
  }

  private static double[][] picked(double[][] columns, int[] order) {
    return IntStream.of(order).mapToObj(j -> columns[j]).toArray(double[][]::new);
  }

  /// Divides columns by their lengths; those without a direction get one orthogonal to the others.
  private static void normalize(double[][] u, double[] lengths) {
    for (int j = 0; j < u.length; j++) {
      if (lengths[j] > 0 || Double.isNaN(lengths[j])) {
        for (int i = 0; i < u[j].length; i++) {
          u[j][i] /= lengths[j];
        }
      } else {
        u[j] = orthogonal(u, j);
      }
    }
  }

  /// A unit vector orthogonal to the first `count` ones: the axis that sticks out most, made so.
  private static double[] orthogonal(double[][] u, int count) {
    double[] best = new double[u[count].length];
    for (int axis = 0; axis < best.length; axis++) {
      double[] candidate = new double[best.length];
      candidate[axis] = 1;
      for (int twice = 0; twice < 2; twice++) {
        for (int j = 0; j < count; j++) {
          Substitution.subtract(candidate, dot(candidate, u[j]), u[j]);
        }
      }
      best = length(candidate) > length(best) + 1e-9 ? candidate : best;
    }
    double length = length(best);
    for (int i = 0; i < best.length; i++) {
      best[i] /= length;
    }
    return best;
  }

  private static JacobiSvd signed(double[] values, double[][] u, double[][] v) {
    for (int j = 0; j < values.length; j++) {
      double sign = JacobiEigen.sign(u, j);
      flip(u, j, sign);
      flip(v, j, sign);
    }
    return new JacobiSvd(values, u, v);
  }

  private static void flip(double[][] matrix, int column, double sign) {
    for (double[] row : matrix) {
      row[column] *= sign;
    }
  }

  private static double[][] transposed(double[][] a) {
    double[][] t = new double[a[0].length][a.length];
    for (int i = 0; i < a.length; i++) {
      for (int j = 0; j < t.length; j++) {
        t[j][i] = a[i][j];
      }
    }
    return t;
  }

  double[] values() {
    return values;
  }

  /// The left vectors above the right ones.
  double[][] vectors() {
    double[][] both = new double[left.length + right.length][];
    System.arraycopy(left, 0, both, 0, left.length);
    System.arraycopy(right, 0, both, left.length, right.length);
    return both;
  }

  /// `V diag(1/σ) Uᵀ`, without the singular values that are at most `tolerance` of the largest.
  double[][] pseudoInverse(double tolerance) {
    double[][] inverse = new double[right.length][left.length];
    for (int k = 0; k < values.length; k++) {
      if (values[k] <= tolerance * values[0]) {
        continue;
      }
      for (int i = 0; i < inverse.length; i++) {
        Substitution.subtract(inverse[i], -right[i][k] / values[k], column(left, k));
      }
    }
    return inverse;
  }

  private static double[] column(double[][] matrix, int j) {
    return IntStream.range(0, matrix.length).mapToDouble(i -> matrix[i][j]).toArray();
  }
}
