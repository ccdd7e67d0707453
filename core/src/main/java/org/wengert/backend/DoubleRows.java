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
    double[] sum = new double[c.columns()];
    for (int i = 0; i < c.rows(); i++) {
      load(a, i, left);
      if (start == null) {
        Arrays.fill(sum, 0);
      } else {
        load(start, i, sum);
      }
      addRows(left, right, sum);
      int at = c.at() + i * c.rowStride();
      for (int j = 0; j < sum.length; j++) {
        to[at + j * c.columnStride()] = sum[j];
      }
    }
  }

  private static void load(Matrix x, int row, double[] to) {
    double[] from = ((Storage.Doubles) x.storage()).array();
    int at = x.at() + row * x.rowStride();
    for (int j = 0; j < to.length; j++) {
      to[j] = from[at + j * x.columnStride()];
    }
  }

  private static void addRows(double[] left, double[][] right, double[] sum) {
    int k = 0;
    for (; k + 8 <= left.length; k += 8) {
      add8(left, right, k, sum);
    }
    for (; k < left.length; k++) {
      add1(left[k], right[k], sum);
    }
  }

  private static void add8(double[] left, double[][] right, int k, double[] sum) {
    double a0 = left[k];
    double a1 = left[k + 1];
    double a2 = left[k + 2];
    double a3 = left[k + 3];
    double a4 = left[k + 4];
    double a5 = left[k + 5];
    double a6 = left[k + 6];
    double a7 = left[k + 7];
    double[] b0 = right[k];
    double[] b1 = right[k + 1];
    double[] b2 = right[k + 2];
    double[] b3 = right[k + 3];
    double[] b4 = right[k + 4];
    double[] b5 = right[k + 5];
    double[] b6 = right[k + 6];
    double[] b7 = right[k + 7];
    for (int j = 0; j < sum.length; j++) {
      double s = Math.fma(a0, b0[j], sum[j]);
      s = Math.fma(a1, b1[j], s);
      s = Math.fma(a2, b2[j], s);
      s = Math.fma(a3, b3[j], s);
      s = Math.fma(a4, b4[j], s);
      s = Math.fma(a5, b5[j], s);
      s = Math.fma(a6, b6[j], s);
      sum[j] = Math.fma(a7, b7[j], s);
    }
  }

  private static void add1(double a, double[] b, double[] sum) {
    for (int j = 0; j < sum.length; j++) {
      sum[j] = Math.fma(a, b[j], sum[j]);
    }
  }
}
