package org.wengert.backend;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.wengert.tensor.Storage;

/// The loops of [MatMulKernel] on `double`; [FloatRows] has the same on `float`.
final class DoubleRows {
  private DoubleRows() {}

  static void multiply(Matrix a, Matrix b, @Nullable Matrix start, Matrix c, double[] to) {
    double[][] right = new double[b.rows()][b.columns()];
    for (int k = 0; k < right.length; k++) {
      load(b, k, right[k]);
    }
    double[] left = new double[a.columns()];
    double[] below = new double[a.columns()];
    double[] sum = new double[c.columns()];
    double[] sumBelow = new double[c.columns()];
    for (int i = 0; i < c.rows(); i += 2) {
      int next = Math.min(i + 1, c.rows() - 1); // the last row may go with itself
      load(a, i, left);
      load(a, next, below);
      begin(start, i, sum);
      begin(start, next, sumBelow);
      addRows(left, below, right, sum, sumBelow);
      store(sum, c, i, to);
      store(sumBelow, c, next, to);
    }
  }

  private static void begin(@Nullable Matrix start, int row, double[] sum) {
    if (start == null) {
      Arrays.fill(sum, 0);
    } else {
      load(start, row, sum);
    }
  }

  private static void store(double[] sum, Matrix c, int row, double[] to) {
    int at = c.at() + row * c.rowStride();
    for (int j = 0; j < sum.length; j++) {
      to[at + j * c.columnStride()] = sum[j];
    }
  }

  private static void load(Matrix x, int row, double[] to) {
    double[] from = ((Storage.Doubles) x.storage()).array();
    int at = x.at() + row * x.rowStride();
    for (int j = 0; j < to.length; j++) {
      to[j] = from[at + j * x.columnStride()];
    }
  }

  private static void addRows(
      double[] left, double[] below, double[][] right, double[] sum, double[] sumBelow) {
    int k = 0;
    for (; k + 4 <= left.length; k += 4) {
      add4(left, below, right, k, sum, sumBelow);
    }
    for (; k < left.length; k++) {
      add1(left[k], right[k], sum);
      add1(below[k], right[k], sumBelow);
    }
  }

  private static void add4(
      double[] left, double[] below, double[][] right, int k, double[] sum, double[] sumBelow) {
    double a0 = left[k];
    double a1 = left[k + 1];
    double a2 = left[k + 2];
    double a3 = left[k + 3];
    double c0 = below[k];
    double c1 = below[k + 1];
    double c2 = below[k + 2];
    double c3 = below[k + 3];
    double[] b0 = right[k];
    double[] b1 = right[k + 1];
    double[] b2 = right[k + 2];
    double[] b3 = right[k + 3];
    for (int j = 0; j < sum.length; j++) {
      double s = Math.fma(a1, b1[j], Math.fma(a0, b0[j], sum[j]));
      double t = Math.fma(c1, b1[j], Math.fma(c0, b0[j], sumBelow[j]));
      sum[j] = Math.fma(a3, b3[j], Math.fma(a2, b2[j], s));
      sumBelow[j] = Math.fma(c3, b3[j], Math.fma(c2, b2[j], t));
    }
  }

  private static void add1(double a, double[] b, double[] sum) {
    for (int j = 0; j < sum.length; j++) {
      sum[j] = Math.fma(a, b[j], sum[j]);
    }
  }
}
