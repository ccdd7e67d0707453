package org.wengert.check;

import java.util.function.DoubleUnaryOperator;

/// The derivative of a function of one number at 0 by the five-point rule
/// `(φ(-2h) - 8 φ(-h) + 8 φ(h) - φ(2h)) / 12 h`, together with an estimate of its own error.
///
/// The step is chosen automatically: it is halved several times, and the pair of steps whose
/// results agree best decides. What they differ by is the estimate, so that differencing noise and
/// a wrong derivative can be told apart.
///
/// @param slope the derivative
/// @param error how far off the slope may be
/// @param kinked whether the slopes from left and right differ, so that there is no derivative
record Differences(double slope, double error, boolean kinked) {
  private static final double LARGEST_STEP = 4e-3;
  private static final int HALVINGS = 6;

  /// The derivative of `phi` at 0. It should vary over lengths of the order of 1.
  static Differences of(DoubleUnaryOperator phi) {
    double[] slopes = new double[HALVINGS];
    double[] jumps = new double[HALVINGS];
    double middle = phi.applyAsDouble(0);
    double size = Math.abs(middle);
    double step = LARGEST_STEP;
    for (int k = 0; k < HALVINGS; k++, step /= 2) {
      double right = phi.applyAsDouble(step);
      double left = phi.applyAsDouble(-step);
      double outer = phi.applyAsDouble(2 * step) - phi.applyAsDouble(-2 * step);
      slopes[k] = (8 * (right - left) - outer) / (12 * step);
      jumps[k] = (right - 2 * middle + left) / step;
      size = Math.max(size, Math.max(Math.abs(left), Math.abs(right)));
    }
    double[] changes = new double[HALVINGS - 1];
    int best = 0;
    for (int k = 0; k < changes.length; k++) {
      changes[k] = Math.abs(slopes[k] - slopes[k + 1]);
      best = changes[k] < changes[best] ? k : best;
    }
    // Two steps may agree by chance; halving the step divides the error of this rule by 16.
    double change = Math.max(changes[best], best > 0 ? changes[best - 1] / 16 : changes[1]);
    double rounding = 0x1p-52 * size / (LARGEST_STEP / (2 << best));
    double error = change + rounding;
    return new Differences(slopes[best + 1], error, kinked(slopes, jumps));
  }

  /// The jump between the slopes from right and left halves with the step if the function is
  /// smooth; at a kink it stays. (The idea of Chainer's `numerical_grad` with its detection of
  /// non-differentiable points.)
  private static boolean kinked(double[] slopes, double[] jumps) {
    double scale = 1e-6 * (1 + Math.abs(slopes[0]));
    int halved = 0;
    for (int k = 1; k < jumps.length; k++) {
      boolean vanishes = Math.abs(jumps[k]) < scale;
      halved += vanishes || Math.abs(jumps[k]) < 0.75 * Math.abs(jumps[k - 1]) ? 1 : 0;
    }
    return halved < jumps.length - 1;
  }
}
