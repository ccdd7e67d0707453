package org.wengert.train.metric;

/// How far numbers are off on average: `1/N Σ |y - t|`, in the unit of the targets.
///
/// Of several columns, the mean. `NaN` of no samples. Holds state; not thread-safe.
///
/// Source: scikit-learn's `mean_absolute_error`.
public final class MeanAbsoluteError extends RegressionMetric {
  /// Without samples.
  public MeanAbsoluteError() {
    super(1);
  }

  @Override
  public String name() {
    return "MAE";
  }

  @Override
  void add(double[] column, double output, double target, long n) {
    column[0] += Math.abs(output - target);
  }

  @Override
  double value(double[] column, long n) {
    return column[0] / n;
  }
}
