package org.wengert.backend;

/// The inner loops of reductions: one stretch of an array folded into a number, and rows folded
/// into a row; and those of norms, which are made of them. [FloatFolds], [FloatNorms] and their
/// twins have them as plain loops; the vector backend's subclass gives the same bits.
///
/// A stretch is folded in 32 lanes, element `i` in lane `i % 32`, which are then joined in a tree:
/// lane `l` with lane `l + 16`, then with `l + 8`, and so on. That is the order of the widest
/// registers, and of every narrower one, at no cost. Sums of lanes start anew after every 1024
/// elements and are added up: no number is the sum of many others taken one by one, which keeps
/// rounding small without a wider type. Rows are folded one after the other.
///
/// Stateless and thread-safe.
public class Folds implements FloatNorms, DoubleNorms {
  /// The number of lanes.
  public static final int LANES = 32;

  /// The number of elements after which sums of lanes start anew.
  public static final int PART = 32 * LANES;

  /// The loops; all instances are alike.
  public Folds() {}

  /// [#sum(float[], int, int)] of an array of either type.
  public final double sum(Object x, int from, int count) {
    return x instanceof float[] f ? sum(f, from, count) : sum((double[]) x, from, count);
  }

  /// [#extreme(float[], int, int, int)] of an array of either type.
  public final double extreme(Object x, int from, int count, int sign) {
    return x instanceof float[] f
        ? extreme(f, from, count, sign)
        : extreme((double[]) x, from, count, sign);
  }

  /// [#joined(float[])] of an array of either type.
  public final double joined(Object lanes) {
    return lanes instanceof float[] f ? joined(f) : joined((double[]) lanes);
  }

  /// Adds sums of lanes to others.
  public static void addLanes(Object lanes, Object part) {
    if (lanes instanceof float[] f) {
      FloatFolds.add(f, (float[]) part);
    } else {
      DoubleFolds.add((double[]) lanes, (double[]) part);
    }
  }
}
