package org.wengert.backend;

import java.util.Arrays;
import org.wengert.tensor.Shape;
import org.wengert.tensor.Storage;
import org.wengert.tensor.Tensor;

/// Matrix products as loops that the compiler vectorises: a row of the result is the sum of rows of
/// `b`, each times one element of `a`. Every row is an array of its own, so that all arrays share
/// the one index that the vectoriser wants; eight rows are added at a time.
///
/// Each element is `fma(a[i][0], b[0][j], ...)` in the order of the inner index, in `double`; a
/// `FLOAT32` result is rounded once. Integers are multiplied as integers.
final class MatMulKernel {
  private static final int BLOCK = 256; // columns of b: 8 rows of 256 doubles stay in the L1 cache

  private MatMulKernel() {}

  static Tensor matMul(Tensor a, Tensor b) {
    int rank = a.rank();
    int rows = a.size(-2);
    int inner = a.size(-1);
    int columns = b.size(-1);
    Shape shape = a.shape().with(rank - 1, columns);
    Tensor y = Tensor.zeros(shape, a.dtype());
    if (y.count() == 0 || inner == 0) {
      return y;
    }
    int batches = y.count() / (rows * columns);
    Tensor lefts = a.reshape(batches, rows, inner);
    Tensor rights = b.reshape(batches, inner, columns);
    for (int batch = 0; batch < batches; batch++) {
      Tensor left = matrix(lefts, batch);
      Tensor right = matrix(rights, batch);
      if (y.dtype().isFloating()) {
        multiply(left, right, y.storage(), batch * rows * columns);
      } else {
        multiplyLongs(left, right, y.storage(), batch * rows * columns);
      }
    }
    return y;
  }

  private static void multiplyLongs(Tensor a, Tensor b, Storage y, int yAt) {
    for (int i = 0; i < a.size(0); i++) {
      for (int j = 0; j < b.size(1); j++) {
        long sum = 0;
        for (int k = 0; k < a.size(1); k++) {
          sum += a.longAt(i, k) * b.longAt(k, j);
        }
        y.put(yAt + i * b.size(1) + j, sum);
      }
    }
  }

  private static Tensor matrix(Tensor batched, int batch) {
    int[] sizes = {batched.size(1), batched.size(2)};
    return batched.slice(0, batch, batch + 1, 1).reshape(sizes);
  }

  private static void multiply(Tensor a, Tensor b, Storage y, int yAt) {
    int rows = a.size(0);
    int inner = a.size(1);
    int columns = b.size(1);
    for (int from = 0; from < columns; from += BLOCK) {
      int width = Math.min(BLOCK, columns - from);
      double[][] right = rows(b.slice(1, from, from + width, 1));
      double[] sum = new double[width];
      double[] left = new double[inner];
      for (int i = 0; i < rows; i++) {
        load(a, i, left);
        Arrays.fill(sum, 0);
        addRows(left, right, sum);
        for (int j = 0; j < width; j++) {
          y.put(yAt + i * columns + from + j, sum[j]);
        }
      }
    }
  }

  private static double[][] rows(Tensor matrix) {
    double[][] rows = new double[matrix.size(0)][matrix.size(1)];
    for (int i = 0; i < rows.length; i++) {
      load(matrix, i, rows[i]);
    }
    return rows;
  }

  private static void load(Tensor matrix, int row, double[] to) {
    int at = matrix.offset() + row * matrix.stride(0);
    int step = matrix.stride(1);
    switch (matrix.storage()) {
      case Storage.Floats s -> {
        float[] from = s.array();
        for (int j = 0; j < to.length; j++) {
          to[j] = from[at + j * step];
        }
      }
      case Storage s -> {
        for (int j = 0; j < to.length; j++) {
          to[j] = s.at(at + j * step);
        }
      }
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
