package org.wengert.backend.plain;

import org.jspecify.annotations.Nullable;
import org.wengert.backend.Backend;
import org.wengert.backend.Matrix;
import org.wengert.backend.Workers;
import org.wengert.tensor.Shape;
import org.wengert.tensor.Storage;
import org.wengert.tensor.Tensor;

/// Matrix products as loops that the compiler vectorises: a row of the result is the sum of rows of
/// `b`, each times one element of `a`. Every row is an array of its own, so that all arrays share
/// the one index that the vectoriser wants; four rows are added at a time, to two of the result.
///
/// Each element is the chain `fma(a[i][k], b[k][j], ...)` in the order of `k`, in the type of the
/// matrices, so that no way of cutting the loops changes a bit. Integers are multiplied
/// as integers.
final class MatMulKernel {
  private static final int BLOCK = 512; // columns of b that are done together
  private static final long CHUNK = 1 << 20; // multiplications that are worth a helper's while

  private MatMulKernel() {}

  /// Products of the matrices in the last two axes by [Backend#multiply].
  static Tensor matMul(Backend kernels, Tensor a, Tensor b) {
    Shape shape = a.shape().with(a.rank() - 1, b.size(-1));
    Tensor y = Tensor.empty(shape, a.dtype());
    if (y.count() == 0) {
      return y;
    }
    Matrix left = Matrix.of(a);
    Matrix right = Matrix.of(b);
    Matrix result = Matrix.of(y);
    int size = result.rows() * result.columns();
    int batches = y.count() / size;
    if (batches == 1) {
      kernels.multiply(left, right, null, result);
      return y;
    }
    int group = (int) Math.max(1, CHUNK / Math.max(1, (long) size * left.columns()));
    Workers.forEach(
        Math.ceilDiv(batches, group),
        chunk -> {
          int end = Math.min(batches, (chunk + 1) * group);
          for (int batch = chunk * group; batch < end; batch++) {
            Matrix matrix = left.movedTo(position(a, batch));
            Matrix other = right.movedTo(position(b, batch));
            kernels.multiply(matrix, other, null, result.movedTo(batch * size));
          }
        });
    return y;
  }

  /// Where a matrix of a batch begins.
  private static int position(Tensor x, int batch) {
    int at = x.offset();
    int rest = batch;
    for (int axis = x.rank() - 3; axis >= 0; axis--) {
      at += rest % x.size(axis) * x.stride(axis);
      rest /= x.size(axis);
    }
    return at;
  }

  /// `c = start + a b`; without `start` from 0.
  static void multiply(Matrix a, Matrix b, @Nullable Matrix start, Matrix c) {
    if (!c.dtype().isFloating()) {
      multiplyLongs(a, b, start, c);
      return;
    }
    for (int from = 0; from < c.columns(); from += BLOCK) {
      int width = Math.min(BLOCK, c.columns() - from);
      Matrix right = b.columns(from, width);
      Matrix begin = start == null ? null : start.columns(from, width);
      Matrix result = c.columns(from, width);
      switch (c.storage()) {
        case Storage.Floats to -> FloatRows.multiply(a, right, begin, result, to.array());
        case Storage.Doubles to -> DoubleRows.multiply(a, right, begin, result, to.array());
        default -> throw new IllegalStateException("no loop for " + c.dtype());
      }
    }
  }

  private static void multiplyLongs(Matrix a, Matrix b, @Nullable Matrix start, Matrix c) {
    for (int i = 0; i < c.rows(); i++) {
      for (int j = 0; j < c.columns(); j++) {
        long sum = start == null ? 0 : longAt(start, i, j);
        for (int k = 0; k < a.columns(); k++) {
          sum += longAt(a, i, k) * longAt(b, k, j);
        }
        c.storage().put(c.at() + i * c.rowStride() + j * c.columnStride(), sum);
      }
    }
  }

  private static long longAt(Matrix x, int i, int j) {
    return x.storage().longAt(x.at() + i * x.rowStride() + j * x.columnStride());
  }
}
