package org.wengert.backend.plain;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.wengert.backend.Matrix;
import org.wengert.tensor.Storage;

/// The loops of [MatMulKernel] on `float`.
final class FloatRows {
  private FloatRows() {}

  static void multiply(Matrix a, Matrix b, @Nullable Matrix start, Matrix c, float[] to) {
    float[][] right = new float[b.rows()][b.columns()];
    for (int k = 0; k < right.length; k++) {
      load(b, k, right[k]);
    }
    float[] left = new float[a.columns()];
    float[] below = new float[a.columns()];
    float[] sum = new float[c.columns()];
    float[] sumBelow = new float[c.columns()];
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

  private static void begin(@Nullable Matrix start, int row, float[] sum) {
    if (start == null) {
      Arrays.fill(sum, 0);
    } else {
      load(start, row, sum);
    }
  }

  private static void store(float[] sum, Matrix c, int row, float[] to) {
    int at = c.at() + row * c.rowStride();
    for (int j = 0; j < sum.length; j++) {
      to[at + j * c.columnStride()] = sum[j];
    }
  }

  private static void load(Matrix x, int row, float[] to) {
    float[] from = ((Storage.Floats) x.storage()).array();
    int at = x.at() + row * x.rowStride();
    for (int j = 0; j < to.length; j++) {
      to[j] = from[at + j * x.columnStride()];
    }
  }

  private static void addRows(
      float[] left, float[] below, float[][] right, float[] sum, float[] sumBelow) {
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
      float[] left, float[] below, float[][] right, int k, float[] sum, float[] sumBelow) {
    float a0 = left[k];
    float a1 = left[k + 1];
    float a2 = left[k + 2];
    float a3 = left[k + 3];
    float c0 = below[k];
    float c1 = below[k + 1];
    float c2 = below[k + 2];
    float c3 = below[k + 3];
    float[] b0 = right[k];
    float[] b1 = right[k + 1];
    float[] b2 = right[k + 2];
    float[] b3 = right[k + 3];
    for (int j = 0; j < sum.length; j++) {
      float s = Math.fma(a1, b1[j], Math.fma(a0, b0[j], sum[j]));
      float t = Math.fma(c1, b1[j], Math.fma(c0, b0[j], sumBelow[j]));
      sum[j] = Math.fma(a3, b3[j], Math.fma(a2, b2[j], s));
      sumBelow[j] = Math.fma(c3, b3[j], Math.fma(c2, b2[j], t));
    }
  }

  private static void add1(float a, float[] b, float[] sum) {
    for (int j = 0; j < sum.length; j++) {
      sum[j] = Math.fma(a, b[j], sum[j]);
    }
  }
}
