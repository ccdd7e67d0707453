package org.wengert.backend;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.wengert.tensor.Storage;

/// The loops of [MatMulKernel] on `float`; [DoubleRows] has the same on `double`.
final class FloatRows {
  private FloatRows() {}

  static void multiply(Matrix a, Matrix b, @Nullable Matrix start, Matrix c, float[] to) {
    float[][] right = new float[b.rows()][b.columns()];
    for (int k = 0; k < right.length; k++) {
      load(b, k, right[k]);
    }
    float[] left = new float[a.columns()];
    float[] sum = new float[c.columns()];
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

  private static void load(Matrix x, int row, float[] to) {
    float[] from = ((Storage.Floats) x.storage()).array();
    int at = x.at() + row * x.rowStride();
    for (int j = 0; j < to.length; j++) {
      to[j] = from[at + j * x.columnStride()];
    }
  }

  private static void addRows(float[] left, float[][] right, float[] sum) {
    int k = 0;
    for (; k + 8 <= left.length; k += 8) {
      add8(left, right, k, sum);
    }
    for (; k < left.length; k++) {
      add1(left[k], right[k], sum);
    }
  }

  private static void add8(float[] left, float[][] right, int k, float[] sum) {
    float a0 = left[k];
    float a1 = left[k + 1];
    float a2 = left[k + 2];
    float a3 = left[k + 3];
    float a4 = left[k + 4];
    float a5 = left[k + 5];
    float a6 = left[k + 6];
    float a7 = left[k + 7];
    float[] b0 = right[k];
    float[] b1 = right[k + 1];
    float[] b2 = right[k + 2];
    float[] b3 = right[k + 3];
    float[] b4 = right[k + 4];
    float[] b5 = right[k + 5];
    float[] b6 = right[k + 6];
    float[] b7 = right[k + 7];
    for (int j = 0; j < sum.length; j++) {
      float s = Math.fma(a0, b0[j], sum[j]);
      s = Math.fma(a1, b1[j], s);
      s = Math.fma(a2, b2[j], s);
      s = Math.fma(a3, b3[j], s);
      s = Math.fma(a4, b4[j], s);
      s = Math.fma(a5, b5[j], s);
      s = Math.fma(a6, b6[j], s);
      sum[j] = Math.fma(a7, b7[j], s);
    }
  }

  private static void add1(float a, float[] b, float[] sum) {
    for (int j = 0; j < sum.length; j++) {
      sum[j] = Math.fma(a, b[j], sum[j]);
    }
  }
}
