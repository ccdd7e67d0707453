package org.wengert.backend.linalg;

import org.wengert.tensor.MatrixException;

/// The lower `L` of a symmetric positive definite `A = L Lᵀ`, row by row.
final class CholeskyFactor {
  private CholeskyFactor() {}

  static double[][] of(double[][] a) {
    int n = a.length;
    double[][] lower = new double[n][n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j <= i; j++) {
        double rest = (a[i][j] + a[j][i]) / 2;
        for (int k = 0; k < j; k++) {
          rest -= lower[i][k] * lower[j][k];
        }
        lower[i][j] = i == j ? Math.sqrt(positive(rest, i, n)) : rest / lower[j][j];
      }
    }
    return lower;
  }

  private static double positive(double pivot, int row, int n) {
    if (!(pivot > 0)) {
      throw new MatrixException(
              "the matrix is not positive definite: pivot "
                  + (row + 1)
                  + " of "
                  + n
                  + " is "
                  + pivot)
          .hint("add a multiple of the identity, or take eigvalsh(..) to see its eigenvalues");
    }
    return pivot;
  }
}
