package org.wengert.backend.plain;

import java.util.Arrays;
import org.wengert.tensor.DType;

/// [IndirectProduct] on `float` as loops that the compiler vectorises: rows of `b` and of the
/// result are arrays of their own, so that all arrays share the one index that the vectoriser
/// wants; eight rows are added at a time.
final class FloatProduct implements IndirectProduct {
  static final FloatProduct INSTANCE = new FloatProduct();

  private static final int BLOCK = 256; // columns: 16 rows of them stay in the L1 cache
  private static final int DEPTH = 8;
  private static final int ROWS = 8;

  private final ThreadLocal<float[][]> rows =
      ThreadLocal.withInitial(() -> new float[ROWS + DEPTH][BLOCK]);

  private FloatProduct() {}

  @Override
  public void run(
      Object a,
      int aAt,
      int[] rowPlaces,
      int rowsAt,
      int rows,
      int[] aPlaces,
      Object b,
      int bAt,
      int[] bPlaces,
      int depth,
      Object c,
      int cAt,
      int cRow,
      int width,
      boolean fresh) {
    float[][] buffers = this.rows.get();
    for (int from = 0; from < width; from += BLOCK) {
      int count = Math.min(BLOCK, width - from);
      begin(fresh, c, cAt + from, cRow, rows, buffers, count);
      for (int k = 0; k < depth; k += DEPTH) {
        int steps = fetch(b, bAt + from, bPlaces, k, depth, buffers, count);
        for (int i = 0; i < rows; i++) {
          add((float[]) a, aAt + rowPlaces[rowsAt + i], aPlaces, k, steps, buffers, i, count);
        }
      }
      store(buffers, c, cAt + from, cRow, rows, count);
    }
  }

  private static void begin(
      boolean fresh, Object c, int at, int step, int rows, float[][] buffers, int count) {
    for (int i = 0; i < rows; i++) {
      if (fresh) {
        Arrays.fill(buffers[i], 0, count, 0);
      } else {
        System.arraycopy(c, at + i * step, buffers[i], 0, count);
      }
    }
  }

  private static void store(float[][] buffers, Object c, int at, int step, int rows, int count) {
    for (int i = 0; i < rows; i++) {
      System.arraycopy(buffers[i], 0, c, at + i * step, count);
    }
  }

  /// How many rows of `b` there were left to fetch.
  private static int fetch(
      Object b, int at, int[] places, int k, int depth, float[][] buffers, int count) {
    int steps = Math.min(DEPTH, depth - k);
    for (int step = 0; step < steps; step++) {
      System.arraycopy(b, at + places[k + step], buffers[ROWS + step], 0, count);
    }
    return steps;
  }

  @Override
  public void transpose(
      Object from, int at, int step, int rows, int count, Object to, int toAt, int pitch) {
    Panels.of(DType.FLOAT32).transpose(from, at, step, rows, count, to, toAt, pitch);
  }

  @Override
  public void copyRows(
      Object from, int at, int step, Object to, int toAt, int toStep, int rows, int count) {
    for (int r = 0; r < rows; r++) {
      Panels.of(DType.FLOAT32).move(from, at + r * step, to, toAt + r * toStep, count);
    }
  }

  @Override
  public void everySecond(Object from, int at, Object to, int toAt, int count) {
    Panels.of(DType.FLOAT32).copy(from, at, 2, to, toAt, 1, count);
  }

  @Override
  public void split(Object from, int at, Object to, int toAt, int otherAt, int count) {
    Panels.of(DType.FLOAT32).copy(from, at, 2, to, toAt, 1, count);
    Panels.of(DType.FLOAT32).copy(from, at + 1, 2, to, otherAt, 1, count);
  }

  @Override
  public void interleave(Object from, int at, int otherAt, Object to, int toAt, int count) {
    Panels.of(DType.FLOAT32).copy(from, at, 1, to, toAt, 2, count);
    Panels.of(DType.FLOAT32).copy(from, otherAt, 1, to, toAt + 1, 2, count);
  }

  private static void add8(
      float[] a, int at, int[] places, int k, float[][] buffers, float[] sum, int count) {
    float a0 = a[at + places[k]];
    float a1 = a[at + places[k + 1]];
    float a2 = a[at + places[k + 2]];
    float a3 = a[at + places[k + 3]];
    float a4 = a[at + places[k + 4]];
    float a5 = a[at + places[k + 5]];
    float a6 = a[at + places[k + 6]];
    float a7 = a[at + places[k + 7]];
    float[] b0 = buffers[ROWS];
    float[] b1 = buffers[ROWS + 1];
    float[] b2 = buffers[ROWS + 2];
    float[] b3 = buffers[ROWS + 3];
    float[] b4 = buffers[ROWS + 4];
    float[] b5 = buffers[ROWS + 5];
    float[] b6 = buffers[ROWS + 6];
    float[] b7 = buffers[ROWS + 7];
    for (int j = 0; j < count; j++) {
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

  private static void add(
      float[] a, int at, int[] places, int k, int steps, float[][] buffers, int i, int count) {
    float[] sum = buffers[i];
    if (steps == DEPTH) {
      add8(a, at, places, k, buffers, sum, count);
      return;
    }
    for (int step = 0; step < steps; step++) {
      float factor = a[at + places[k + step]];
      float[] row = buffers[ROWS + step];
      for (int j = 0; j < count; j++) {
        sum[j] = Math.fma(factor, row[j], sum[j]);
      }
    }
  }
}
