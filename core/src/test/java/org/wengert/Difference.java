package org.wengert;

import java.util.function.DoubleUnaryOperator;

/// A derivative by 5-point central differences, with an estimate of its own error: how much it
/// still changes when the step is halved.
record Difference(double value, double error) {
  private static final int COARSEST = 5;
  private static final int FINEST = 12;

  /// The derivative of `f` at 0, at the step whose estimated error is least.
  static Difference of(DoubleUnaryOperator f) {
    Difference best = new Difference(Double.NaN, Double.POSITIVE_INFINITY);
    double wide = central(f, Math.scalb(1, -COARSEST));
    for (int power = COARSEST + 1; power <= FINEST; power++) {
      double narrow = central(f, Math.scalb(1, -power));
      double error = Math.abs(narrow - wide);
      if (error < best.error) {
        best = new Difference(narrow, error);
      }
      wide = narrow;
    }
    return best;
  }

  private static double central(DoubleUnaryOperator f, double h) {
    double near = f.applyAsDouble(h) - f.applyAsDouble(-h);
    double far = f.applyAsDouble(2 * h) - f.applyAsDouble(-2 * h);
    return (8 * near - far) / (12 * h);
  }
}
