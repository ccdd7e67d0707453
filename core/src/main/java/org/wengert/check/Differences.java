package org.wengert.check;

import java.util.function.DoubleUnaryOperator;

/// The derivative of a function of one number at 0 by the five-point rule
/// `(c³ (φ(h) - φ(-h)) - (φ(ch) - φ(-ch))) / 2h (c³ - c)`, which for `c = 2` is the usual one,
/// together with an estimate of its own error.
///
/// The step is chosen automatically: it is divided by `c` several times, and the step whose result
/// has the least estimated error decides. So differencing noise and a wrong derivative can be told
/// apart, and smooth and steep functions both find a step that suits them. `c` is 1.9, since values
/// on a grid, such as rounded ones, often agree by chance over several halvings of the step.
///
/// @param slope the derivative; `NaN` if the function is not finite around 0
/// @param error how far off the slope may be
/// @param kinked whether the slopes from left and right differ, so that there is no derivative
record Differences(double slope, double error, boolean kinked) {
  private static final double LARGEST_STEP = 4e-3;
  private static final double RATIO = 1.9;
  private static final double ORDER = RATIO * RATIO * RATIO * RATIO; // of the rule's own error
  private static final int STEPS = 14;
  private static final int CANDIDATES = 8; // the smaller steps only show how noisy the values are
  private static final int CHANGES = STEPS - 1;

  /// The derivative of `phi` at 0. It should vary over lengths of 0.001 and more.
  static Differences of(DoubleUnaryOperator phi) {
    double middle = phi.applyAsDouble(0);
    double[] right = new double[STEPS + 1];
    double[] left = new double[STEPS + 1];
    for (int k = 0; k <= STEPS; k++) {
      right[k] = phi.applyAsDouble(step(k - 1));
      left[k] = phi.applyAsDouble(-step(k - 1));
    }
    double[] slopes = new double[STEPS];
    double[] jumps = new double[STEPS];
    for (int k = 0; k < STEPS; k++) {
      double inner = RATIO * RATIO * RATIO * (right[k + 1] - left[k + 1]);
      double outer = right[k] - left[k];
      slopes[k] = (inner - outer) / (2 * step(k) * RATIO * (RATIO * RATIO - 1));
      jumps[k] = (right[k + 1] - 2 * middle + left[k + 1]) / step(k);
    }
    double[] errors = errors(slopes);
    int best = -1;
    for (int k = 0; k < CANDIDATES; k++) {
      double size = Math.max(Math.abs(middle), Math.max(Math.abs(left[k]), Math.abs(right[k])));
      errors[k] += 0x1p-52 * size / step(k + 1);
      boolean still = right[k + 2] == middle && left[k + 2] == middle && slopes[0] != 0;
      boolean better = best < 0 ? !Double.isNaN(errors[k]) : errors[k] < errors[best];
      best = better && !still ? k : best; // a step below the resolution of the values says nothing
    }
    return best < 0 ? unresolved(slopes) : found(best, slopes, jumps, errors[best]);
  }

  private static double step(int k) {
    return LARGEST_STEP * StrictMath.pow(RATIO, -k);
  }

  /// How far off `slopes[k + 1]` may be. Two steps may agree by chance, so the step before and all
  /// that follow have a say: a smaller step divides the error of this rule by `c⁴` and multiplies
  /// the noise by `c`.
  private static double[] errors(double[] slopes) {
    double[] changes = new double[CHANGES];
    for (int k = 0; k < CHANGES; k++) {
      changes[k] = Math.abs(slopes[k] - slopes[k + 1]);
    }
    double[] errors = new double[CANDIDATES];
    double noise = 0;
    for (int k = CHANGES - 1; k >= 0; k--) {
      noise = Math.max(changes[k], noise / RATIO);
      if (k < CANDIDATES) {
        errors[k] = Math.max(noise, k > 0 ? changes[k - 1] / ORDER : changes[1]);
      }
    }
    return errors;
  }

  /// The values do not move but at the largest steps, or are not finite.
  private static Differences unresolved(double[] slopes) {
    double largest = 0;
    for (double slope : slopes) {
      largest = Math.max(largest, Math.abs(slope));
    }
    return new Differences(slopes[0], largest, false);
  }

  /// The jump between the slopes from right and left shrinks with the step if the function is
  /// smooth; at a kink it stays. (The idea of Chainer's `numerical_grad` with its detection of
  /// non-differentiable points.)
  private static Differences found(int best, double[] slopes, double[] jumps, double error) {
    double slope = slopes[best + 1];
    double noise = 1e-8 * (1 + Math.abs(slope)) + 10 * error;
    boolean stays = true;
    for (int k = Math.max(best, 1); k <= Math.max(best, 1) + 1; k++) {
      double jump = Math.abs(jumps[k]);
      stays &= jump > noise && !(jump <= 0.75 * Math.abs(jumps[k - 1]));
    }
    return new Differences(slope, error, stays);
  }
}
