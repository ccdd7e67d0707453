package org.wengert.backend;

import java.util.Arrays;

/// The loops of [Folds] on `float` arrays, plain.
public interface FloatFolds {
  /// The sum of `count` numbers of `x`, the first at `from`.
  default float sum(float[] x, int from, int count) {
    float[] lanes = new float[Folds.LANES];
    for (int i = 0; i < count; i += Folds.PART) {
      add(lanes, part(x, from + i, Math.min(Folds.PART, count - i)));
    }
    return joined(lanes);
  }

  /// The sum of 32 lanes, which are used up.
  default float joined(float[] lanes) {
    for (int half = Folds.LANES / 2; half > 0; half /= 2) {
      for (int lane = 0; lane < half; lane++) {
        lanes[lane] += lanes[lane + half];
      }
    }
    return lanes[0];
  }

  private static float[] part(float[] x, int from, int count) {
    float[] lanes = new float[Folds.LANES];
    int whole = count - count % Folds.LANES;
    for (int i = 0; i < whole; i += Folds.LANES) {
      for (int lane = 0; lane < Folds.LANES; lane++) {
        lanes[lane] += x[from + i + lane];
      }
    }
    for (int i = whole; i < count; i++) {
      lanes[i - whole] += x[from + i];
    }
    return lanes;
  }

  /// Adds sums of lanes to others.
  static void add(float[] lanes, float[] part) {
    for (int lane = 0; lane < Folds.LANES; lane++) {
      lanes[lane] += part[lane];
    }
  }

  /// The largest of `count` numbers of `x`, the first at `from`, if `sign` is 1; the smallest if it
  /// is -1. `NaN` if one is; of none an infinity.
  default float extreme(float[] x, int from, int count, int sign) {
    float[] lanes = new float[Folds.LANES];
    Arrays.fill(lanes, Float.NEGATIVE_INFINITY);
    int whole = count - count % Folds.LANES;
    for (int i = 0; i < whole; i += Folds.LANES) {
      for (int lane = 0; lane < Folds.LANES; lane++) {
        lanes[lane] = Math.max(lanes[lane], sign * x[from + i + lane]);
      }
    }
    for (int i = whole; i < count; i++) {
      lanes[i - whole] = Math.max(lanes[i - whole], sign * x[from + i]);
    }
    float max = lanes[0];
    for (int lane = 1; lane < Folds.LANES; lane++) {
      max = Math.max(max, lanes[lane]);
    }
    return sign * max;
  }

  /// The first place of [#extreme] among `count` numbers, at least one.
  default int first(float[] x, int from, int count, int sign) {
    float extreme = extreme(x, from, count, sign);
    int i = 0;
    if (Float.isNaN(extreme)) {
      while (!Float.isNaN(x[from + i])) {
        i++;
      }
      return i;
    }
    while (x[from + i] != extreme) {
      i++;
    }
    return i;
  }

  /// `y[at + j] += x[from + r step + j]` for the rows `r` in turn and all `j` below `count`.
  default void addRows(float[] x, int from, int step, int rows, float[] y, int at, int count) {
    for (int r = 0; r < rows; r++) {
      int row = from + r * step;
      for (int j = 0; j < count; j++) {
        y[at + j] += x[row + j];
      }
    }
  }

  /// `y[at + j] = max(y[at + j], x[from + r step + j])` for the rows `r` in turn and all `j` below
  /// `count`; the smaller of both if `sign` is -1.
  default void extremeRows(
      float[] x, int from, int step, int rows, float[] y, int at, int count, int sign) {
    for (int r = 0; r < rows; r++) {
      int row = from + r * step;
      for (int j = 0; j < count; j++) {
        y[at + j] = sign * Math.max(sign * y[at + j], sign * x[row + j]);
      }
    }
  }

  /// The sum or an extreme of `count` numbers.
  default float fold(Reduction how, float[] x, int from, int count) {
    return how == Reduction.SUM ? sum(x, from, count) : extreme(x, from, count, how.sign());
  }

  /// Folds rows into one, starting with none.
  @SuppressWarnings("cast") // needed on this width only
  default void foldRows(
      Reduction how, float[] x, int from, int step, int rows, float[] y, int at, int count) {
    Arrays.fill(y, at, at + count, (float) how.start());
    if (how == Reduction.SUM) {
      addRows(x, from, step, rows, y, at, count);
    } else {
      extremeRows(x, from, step, rows, y, at, count, how.sign());
    }
  }
}
