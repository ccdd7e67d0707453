package org.wengert.backend.linalg;

/// `A = Q R` by Householder reflections, with LAPACK's signs: a reflection is left out where there
/// is nothing below the diagonal to remove, else the diagonal of `R` gets the sign opposite to the
/// element that stood there.
final class Householder {
  private final double[][] vectors; // vector k reflects the rows from k on, and starts with a 1
  private final double[] scales;
  private final int rows;

  private Householder(double[][] vectors, double[] scales, int rows) {
    this.vectors = vectors;
    this.scales = scales;
    this.rows = rows;
  }

  /// Turns `a` into `R`, in place, and keeps the reflections.
  static Householder of(double[][] a) {
    int rows = a.length;
    int count = Math.min(rows, a[0].length);
    double[][] vectors = new double[count][rows];
    double[] scales = new double[count];
    for (int k = 0; k < count; k++) {
      scales[k] = reflection(a, k, vectors[k]);
      reflect(a, vectors[k], scales[k], k, k);
    }
    return new Householder(vectors, scales, rows);
  }

  /// Writes the vector that zeroes column `k` below the diagonal, and returns its scale.
  private static double reflection(double[][] a, int k, double[] vector) {
    double below = 0;
    for (int i = k + 1; i < a.length; i++) {
      below = StrictMath.hypot(below, a[i][k]);
    }
    if (below == 0) {
      return 0;
    }
    double head = a[k][k];
    double diagonal = -Math.copySign(StrictMath.hypot(head, below), head);
    vector[k] = 1;
    for (int i = k + 1; i < a.length; i++) {
      vector[i] = a[i][k] / (head - diagonal);
    }
    return (diagonal - head) / diagonal;
  }

  /// `a -= scale · v vᵀ a`, from row `k` and column `from` on.
  private static void reflect(double[][] a, double[] v, double scale, int k, int from) {
    if (scale == 0) {
      return;
    }
    for (int j = from; j < a[0].length; j++) {
      double dot = 0;
      for (int i = k; i < a.length; i++) {
        dot += v[i] * a[i][j];
      }
      for (int i = k; i < a.length; i++) {
        a[i][j] -= scale * dot * v[i];
      }
    }
  }

  /// The first columns of `Q`: the reflections applied to the identity, the last one first.
  double[][] q(int columns) {
    double[][] q = new double[rows][columns];
    for (int i = 0; i < Math.min(rows, columns); i++) {
      q[i][i] = 1;
    }
    for (int k = scales.length - 1; k >= 0; k--) {
      reflect(q, vectors[k], scales[k], k, 0);
    }
    return q;
  }
}
