package org.wengert.train.estimator;

import java.util.Arrays;
import org.wengert.tensor.Tensor;
import org.wengert.train.data.Normalize;

/// Moves each feature to mean 0 and scales it to standard deviation 1, so that no feature counts
/// for more because of its unit, and descent does not crawl along a narrow valley.
///
/// ```
/// z = (x - mean) / √variance            variance = 1/N Σ (x - mean)²
/// ```
///
/// A constant feature is moved, not scaled. Holds state; not thread-safe while it learns.
///
/// Source: scikit-learn's `StandardScaler`; Welford (1962) for the sums.
public final class StandardScaler extends ColumnScaler {
  private final boolean withMean;
  private final boolean withStd;

  /// Moves and scales.
  public StandardScaler() {
    this(true, true);
  }

  /// Moves, or scales, or both.
  public StandardScaler(boolean withMean, boolean withStd) {
    this.withMean = withMean;
    this.withStd = withStd;
  }

  @Override
  void add(double[] mean, double[] spread, int c, double x, long n) {
    double before = x - mean[c];
    mean[c] += before / n;
    spread[c] += before * (x - mean[c]);
  }

  @Override
  Normalize normalize(Tensor mean, Tensor spread, long n) {
    double[] variance = spread.toDoubleArray();
    Arrays.setAll(variance, c -> variance[c] / n);
    Normalize both = Normalize.standardize(mean, Tensor.of(variance), n);
    return Normalize.of(
        withMean ? both.shift() : Tensor.zeros(mean.shape(), mean.dtype()),
        withStd ? both.scale() : Tensor.full(mean.shape(), 1, mean.dtype()));
  }

  /// The mean of each feature.
  ///
  /// @throws org.wengert.StateException if this is not fitted
  public double[] mean() {
    return first();
  }

  /// By what each feature is divided.
  ///
  /// @throws org.wengert.StateException if this is not fitted
  public double[] scale() {
    return normalize().scale().toDoubleArray();
  }

  @Override
  public StandardScaler fit(Tensor x) {
    super.fit(x);
    return this;
  }

  @Override
  public StandardScaler fresh() {
    return new StandardScaler(withMean, withStd);
  }
}
