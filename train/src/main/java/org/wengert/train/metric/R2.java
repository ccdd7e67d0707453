package org.wengert.train.metric;

/// The coefficient of determination: the share of the targets' variance that the outputs explain.
/// 1 is perfect, 0 as good as always answering the mean, and worse is below 0.
///
/// ```
/// R² = 1 - Σ (y - t)² / Σ (t - t̄)²
/// ```
///
/// Of targets that are all equal: 1 if the outputs are, too, else 0; `NaN` of fewer than two
/// samples; of several columns, the mean: all as in scikit-learn. The sum of squares around the
/// mean is updated sample by sample without cancellation. Holds state; not thread-safe.
///
/// Source: Welford, Note on a method for calculating corrected sums of squares and products (1962);
/// scikit-learn's `r2_score`.
public final class R2 extends RegressionMetric {
  private static final int ERROR = 0;
  private static final int MEAN = 1;
  private static final int SPREAD = 2;

  /// Without samples.
  public R2() {
    super(3);
  }

  @Override
  public String name() {
    return "R²";
  }

  @Override
  void add(double[] column, double output, double target, long n) {
    double error = output - target;
    double before = target - column[MEAN];
    column[ERROR] += error * error;
    column[MEAN] += before / n;
    column[SPREAD] += before * (target - column[MEAN]);
  }

  @Override
  double value(double[] column, long n) {
    if (n < 2) {
      return Double.NaN;
    }
    if (column[SPREAD] == 0) {
      return column[ERROR] == 0 ? 1 : 0;
    }
    return 1 - column[ERROR] / column[SPREAD];
  }
}
