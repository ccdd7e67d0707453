package org.wengert.train.metric;

/// The root of the mean square by which numbers are off, `√(1/N Σ (y - t)²)`: in the unit of the
/// targets, and sensitive to few large errors.
///
/// Of several columns, the mean of their roots. `NaN` of no samples. Holds state; not thread-safe.
///
/// Source: scikit-learn's `root_mean_squared_error`.
public final class RootMeanSquaredError extends RegressionMetric {
  /// Without samples.
  public RootMeanSquaredError() {
    super(1);
  }

  @Override
  public String name() {
    return "RMSE";
  }

  @Override
  void add(double[] column, double output, double target, long n) {
    double error = output - target;
    column[0] += error * error;
  }

  @Override
  double value(double[] column, long n) {
    return Math.sqrt(column[0] / n);
  }
}
