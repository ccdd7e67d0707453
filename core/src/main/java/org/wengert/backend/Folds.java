package org.wengert.backend;

import java.util.Arrays;

/// The inner loops of reductions: one stretch of an array folded into a number, and rows folded
/// into a row. This class has them as plain loops; the vector backend's subclass gives the same
/// bits.
///
/// A stretch is folded in 32 lanes, element `i` in lane `i % 32`, which are then joined in a tree:
/// lane `l` with lane `l + 16`, then with `l + 8`, and so on. That is the order of the widest
/// registers, and of every narrower one, at no cost. Sums of lanes start anew after every 1024
/// elements and are added up: no number is the sum of many others taken one by one, which keeps
/// rounding small without a wider type. Rows are folded one after the other.
///
/// Stateless and thread-safe.
public class Folds {
  /// The number of lanes.
  public static final int LANES = 32;

  /// The number of elements after which sums of lanes start anew.
  public static final int PART = 32 * LANES;

  /// The loops; all instances are alike.
  public Folds() {}

  /// The sum of `count` numbers of `x`, the first at `from`.
  public float sum(float[] x, int from, int count) {
    float[] lanes = new float[LANES];
    for (int i = 0; i < count; i += PART) {
      add(lanes, part(x, from + i, Math.min(PART, count - i)));
    }
    return joined(lanes);
  }

  /// The sum of 32 lanes, which are used up.
  public float joined(float[] lanes) {
    for (int half = LANES / 2; half > 0; half /= 2) {
      for (int lane = 0; lane < half; lane++) {
        lanes[lane] += lanes[lane + half];
      }
    }
    return lanes[0];
  }

  private static float[] part(float[] x, int from, int count) {
    float[] lanes = new float[LANES];
    int whole = count - count % LANES;
    for (int i = 0; i < whole; i += LANES) {
      for (int lane = 0; lane < LANES; lane++) {
        lanes[lane] += x[from + i + lane];
      }
    }
    for (int i = whole; i < count; i++) {
      lanes[i - whole] += x[from + i];
    }
    return lanes;
  }

  private static void add(float[] lanes, float[] part) {
    for (int lane = 0; lane < LANES; lane++) {
      lanes[lane] += part[lane];
    }
  }

  /// The largest of `count` numbers of `x`, the first at `from`, if `sign` is 1; the smallest if it
  /// is -1. `NaN` if one is; of none an infinity.
  public float extreme(float[] x, int from, int count, int sign) {
    float[] lanes = new float[LANES];
    Arrays.fill(lanes, Float.NEGATIVE_INFINITY);
    int whole = count - count % LANES;
    for (int i = 0; i < whole; i += LANES) {
      for (int lane = 0; lane < LANES; lane++) {
        lanes[lane] = Math.max(lanes[lane], sign * x[from + i + lane]);
      }
    }
    for (int i = whole; i < count; i++) {
      lanes[i - whole] = Math.max(lanes[i - whole], sign * x[from + i]);
    }
    float max = lanes[0];
    for (int lane = 1; lane < LANES; lane++) {
      max = Math.max(max, lanes[lane]);
    }
    return sign * max;
  }

  /// `y[at + j] += x[from + r step + j]` for the rows `r` in turn and all `j` below `count`.
  public void addRows(float[] x, int from, int step, int rows, float[] y, int at, int count) {
    for (int r = 0; r < rows; r++) {
      int row = from + r * step;
      for (int j = 0; j < count; j++) {
        y[at + j] += x[row + j];
      }
    }
  }

  /// `y[at + j] = max(y[at + j], x[from + r step + j])` for the rows `r` in turn and all `j` below
  /// `count`; the smaller of both if `sign` is -1.
  public void extremeRows(
      float[] x, int from, int step, int rows, float[] y, int at, int count, int sign) {
    for (int r = 0; r < rows; r++) {
      int row = from + r * step;
      for (int j = 0; j < count; j++) {
        y[at + j] = sign * Math.max(sign * y[at + j], sign * x[row + j]);
      }
    }
  }

  /// The sum of `count` numbers of `x`, the first at `from`.
  public double sum(double[] x, int from, int count) {
    double[] lanes = new double[LANES];
    for (int i = 0; i < count; i += PART) {
      add(lanes, part(x, from + i, Math.min(PART, count - i)));
    }
    return joined(lanes);
  }

  /// The sum of 32 lanes, which are used up.
  public double joined(double[] lanes) {
    for (int half = LANES / 2; half > 0; half /= 2) {
      for (int lane = 0; lane < half; lane++) {
        lanes[lane] += lanes[lane + half];
      }
    }
    return lanes[0];
  }

  private static double[] part(double[] x, int from, int count) {
    double[] lanes = new double[LANES];
    int whole = count - count % LANES;
    for (int i = 0; i < whole; i += LANES) {
      for (int lane = 0; lane < LANES; lane++) {
        lanes[lane] += x[from + i + lane];
      }
    }
    for (int i = whole; i < count; i++) {
      lanes[i - whole] += x[from + i];
    }
    return lanes;
  }

  private static void add(double[] lanes, double[] part) {
    for (int lane = 0; lane < LANES; lane++) {
      lanes[lane] += part[lane];
    }
  }

  /// The largest of `count` numbers of `x`, the first at `from`, if `sign` is 1; the smallest if it
  /// is -1. `NaN` if one is; of none an infinity.
  public double extreme(double[] x, int from, int count, int sign) {
    double[] lanes = new double[LANES];
    Arrays.fill(lanes, Double.NEGATIVE_INFINITY);
    int whole = count - count % LANES;
    for (int i = 0; i < whole; i += LANES) {
      for (int lane = 0; lane < LANES; lane++) {
        lanes[lane] = Math.max(lanes[lane], sign * x[from + i + lane]);
      }
    }
    for (int i = whole; i < count; i++) {
      lanes[i - whole] = Math.max(lanes[i - whole], sign * x[from + i]);
    }
    double max = lanes[0];
    for (int lane = 1; lane < LANES; lane++) {
      max = Math.max(max, lanes[lane]);
    }
    return sign * max;
  }

  /// `y[at + j] += x[from + r step + j]` for the rows `r` in turn and all `j` below `count`.
  public void addRows(double[] x, int from, int step, int rows, double[] y, int at, int count) {
    for (int r = 0; r < rows; r++) {
      int row = from + r * step;
      for (int j = 0; j < count; j++) {
        y[at + j] += x[row + j];
      }
    }
  }

  /// `y[at + j] = max(y[at + j], x[from + r step + j])` for the rows `r` in turn and all `j` below
  /// `count`; the smaller of both if `sign` is -1.
  public void extremeRows(
      double[] x, int from, int step, int rows, double[] y, int at, int count, int sign) {
    for (int r = 0; r < rows; r++) {
      int row = from + r * step;
      for (int j = 0; j < count; j++) {
        y[at + j] = sign * Math.max(sign * y[at + j], sign * x[row + j]);
      }
    }
  }

  /// [#sum(float[], int, int)] of an array of either type.
  final double sum(Object x, int from, int count) {
    return x instanceof float[] f ? sum(f, from, count) : sum((double[]) x, from, count);
  }

  /// [#extreme(float[], int, int, float)] of an array of either type.
  final double extreme(Object x, int from, int count, int sign) {
    return x instanceof float[] f
        ? extreme(f, from, count, sign)
        : extreme((double[]) x, from, count, sign);
  }

  /// [#joined(float[])] of an array of either type.
  final double joined(Object lanes) {
    return lanes instanceof float[] f ? joined(f) : joined((double[]) lanes);
  }

  /// Adds sums of lanes to others.
  static void addLanes(Object lanes, Object part) {
    if (lanes instanceof float[] f) {
      add(f, (float[]) part);
    } else {
      add((double[]) lanes, (double[]) part);
    }
  }
}
