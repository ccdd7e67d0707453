package org.wengert.backend.linalg;

import org.wengert.tensor.MatrixException;

/// `P A = L U` with partial pivoting: both factors in one matrix, `L` below the diagonal with ones
/// on it left out. The first of equally large pivots is taken.
final class Lu {
  private final double[][] factors;
  private final int[] order; // row i of the factors is row order[i] of the matrix
  private final boolean odd;

  private Lu(double[][] factors, int[] order, boolean odd) {
    this.factors = factors;
    this.order = order;
    this.odd = odd;
  }

  /// Factors a square matrix in place.
  static Lu of(double[][] a) {
    int n = a.length;
    int[] order = new int[n];
    for (int i = 0; i < n; i++) {
      order[i] = i;
    }
    boolean odd = false;
    for (int k = 0; k < n; k++) {
      int pivot = pivotRow(a, k);
      if (pivot != k) {
        odd = !odd;
        swap(a, order, k, pivot);
      }
      eliminate(a, k);
    }
    return new Lu(a, order, odd);
  }

  private static int pivotRow(double[][] a, int k) {
    int pivot = k;
    for (int i = k + 1; i < a.length; i++) {
      pivot = Math.abs(a[i][k]) > Math.abs(a[pivot][k]) ? i : pivot;
    }
    return pivot;
  }

  private static void swap(double[][] a, int[] order, int i, int j) {
    double[] row = a[i];
    a[i] = a[j];
    a[j] = row;
    int place = order[i];
    order[i] = order[j];
    order[j] = place;
  }

  private static void eliminate(double[][] a, int k) {
    double[] top = a[k];
    if (top[k] == 0) {
      return; // the whole column is zero
    }
    for (int i = k + 1; i < a.length; i++) {
      double[] row = a[i];
      double factor = row[k] / top[k];
      row[k] = factor;
      for (int j = k + 1; j < a.length; j++) {
        row[j] -= factor * top[j];
      }
    }
  }

  double determinant() {
    double product = odd ? -1 : 1;
    for (int k = 0; k < factors.length; k++) {
      product *= factors[k][k];
    }
    return product;
  }

  double sign() {
    double sign = odd ? -1 : 1;
    for (int k = 0; k < factors.length; k++) {
      sign *= Math.signum(factors[k][k]);
    }
    return sign == 0 ? 0 : sign; // not -0
  }

  double logAbsDeterminant() {
    double sum = 0;
    for (int k = 0; k < factors.length; k++) {
      sum += StrictMath.log(Math.abs(factors[k][k]));
    }
    return sum;
  }

  /// `A⁻¹ b`.
  ///
  /// @throws MatrixException naming the pivot that is zero
  double[][] solve(double[][] b) {
    int n = factors.length;
    for (int k = 0; k < n; k++) {
      if (factors[k][k] == 0) {
        throw new MatrixException(
                "the matrix is singular: pivot " + (k + 1) + " of " + n + " is zero")
            .hint(
                "column "
                    + (k + 1)
                    + " depends on those before it; pinverse(..) and lstsq(..) do without an"
                    + " inverse");
      }
    }
    double[][] x = new double[n][];
    for (int i = 0; i < n; i++) {
      x[i] = b[order[i]];
      for (int k = 0; k < i; k++) {
        Substitution.subtract(x[i], factors[i][k], x[k]);
      }
    }
    return Substitution.upper(factors, x);
  }
}
