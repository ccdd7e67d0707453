package org.wengert.backend;

import java.util.Arrays;

/// The loops of norms on stretches of `float` arrays, plain: a stretch is a row, or a plane of a
/// channel. What is summed up is summed up in the order of [FloatFolds#sum].
public interface FloatNorms extends FloatFolds {
  /// The length of the room that sums of two things take.
  int ROOM = 4 * Folds.LANES;

  /// `Σ (x - mean)²`.
  default float squares(float[] x, int from, int count, float mean) {
    float[] sums = new float[Folds.LANES];
    for (int part = 0; part < count; part += Folds.PART) {
      int end = Math.min(part + Folds.PART, count);
      float[] lanes = new float[Folds.LANES];
      for (int i = part; i < end; i++) {
        float deviation = x[from + i] - mean;
        lanes[i % Folds.LANES] += deviation * deviation;
      }
      FloatFolds.add(sums, lanes);
    }
    return joined(sums);
  }

  /// `y = (x - mean) scale + shift`.
  default void affine(
      float[] y, int at, float[] x, int from, int count, float mean, float scale, float shift) {
    for (int i = 0; i < count; i++) {
      y[at + i] = Math.fma(x[from + i] - mean, scale, shift);
    }
  }

  /// `y = (x - mean) scale w + b`; `w` and `b` are a row, each from its first number on.
  default void affineRow(
      float[] y,
      int at,
      float[] x,
      int from,
      float[] w,
      float[] b,
      int count,
      float mean,
      float scale) {
    for (int i = 0; i < count; i++) {
      y[at + i] = Math.fma((x[from + i] - mean) * scale, w[i], b[i]);
    }
  }

  /// `Σ g` and `Σ g (x - mean)` with `g = gy w`, into the first two places of `room`; `w` is a row
  /// from its first number on.
  ///
  /// @param room of length [#ROOM], to work in
  default void slopeSums(
      float[] gy, int at, float[] x, int from, float[] w, int count, float mean, float[] room) {
    float[] first = new float[Folds.LANES];
    float[] second = new float[Folds.LANES];
    for (int part = 0; part < count; part += Folds.PART) {
      int end = Math.min(part + Folds.PART, count);
      float[] a = new float[Folds.LANES];
      float[] b = new float[Folds.LANES];
      for (int i = part; i < end; i++) {
        float g = gy[at + i] * w[i];
        a[i % Folds.LANES] += g;
        b[i % Folds.LANES] += g * (x[from + i] - mean);
      }
      FloatFolds.add(first, a);
      FloatFolds.add(second, b);
    }
    room[0] = joined(first);
    room[1] = joined(second);
  }

  /// `y = a g - (b (x - mean) + c)`.
  ///
  /// @param abc `mean`, `a`, `b` and `c`
  default void slope(
      float[] y, int to, float[] g, int at, float[] x, int from, int count, float[] abc) {
    float mean = abc[0];
    float a = abc[1];
    float b = abc[2];
    float c = abc[3];
    for (int i = 0; i < count; i++) {
      y[to + i] = g[at + i] * a - Math.fma(x[from + i] - mean, b, c);
    }
  }

  /// `gw += gy (x - mean) scale` and `gb += gy` for some rows in turn.
  ///
  /// @param to where the rows begin to which is added
  /// @param step from one row of `gy` to the next; those of `x` lie one behind the other
  /// @param meansAndScales of all rows, in turn
  default void addSlopes(
      float[] gw,
      float[] gb,
      int to,
      float[] gy,
      int at,
      int step,
      float[] x,
      int from,
      int count,
      int rows,
      float[] meansAndScales) {
    for (int r = 0; r < rows; r++) {
      float mean = meansAndScales[2 * r];
      float scale = meansAndScales[2 * r + 1];
      for (int i = 0; i < count; i++) {
        float g = gy[at + r * step + i];
        gw[to + i] = Math.fma(g, (x[from + r * count + i] - mean) * scale, gw[to + i]);
        gb[to + i] += g;
      }
    }
  }

  /// `y = scale (gy w - a - b (x - mean))`; `w` is a row from its first number on.
  ///
  /// @param abc `mean`, `scale`, `a` and `b`
  default void slopeRow(
      float[] y,
      int to,
      float[] gy,
      int at,
      float[] x,
      int from,
      float[] w,
      int count,
      float[] abc) {
    float mean = abc[0];
    float scale = abc[1];
    float a = abc[2];
    float b = -abc[3];
    for (int i = 0; i < count; i++) {
      y[to + i] = Math.fma(x[from + i] - mean, b, gy[at + i] * w[i] - a) * scale;
    }
  }

  /// A row of equal numbers, for a weight or bias that is not there.
  static float[] row(int count, float number) {
    float[] row = new float[count];
    Arrays.fill(row, number);
    return row;
  }
}
