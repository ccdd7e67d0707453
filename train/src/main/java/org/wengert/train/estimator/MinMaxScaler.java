package org.wengert.train.estimator;

import org.wengert.F;
import org.wengert.Variable;
import org.wengert.tensor.OptionException;
import org.wengert.tensor.Tensor;
import org.wengert.train.data.Normalize;

/// Moves and scales each feature so that the samples of `fit` fill a range, by default 0 to 1.
///
/// ```
/// z = low + (x - min) (high - low) / (max - min)
/// ```
///
/// A constant feature becomes `low`. Holds state; not thread-safe while it learns.
///
/// Source: scikit-learn's `MinMaxScaler`.
public final class MinMaxScaler extends ColumnScaler {
  private final double low;
  private final double high;
  private final boolean clip;

  /// To 0 to 1.
  public MinMaxScaler() {
    this(0, 1, false);
  }

  /// To a range.
  ///
  /// @param clip whether other samples are kept inside it
  /// @throws OptionException if `high` is not above `low`
  public MinMaxScaler(double low, double high, boolean clip) {
    if (!(high > low) || Double.isInfinite(high - low)) {
      throw new OptionException("a range from " + low + " to " + high)
          .hint("the second number must be larger, as in new MinMaxScaler(-1, 1, false)");
    }
    this.low = low;
    this.high = high;
    this.clip = clip;
  }

  @Override
  void add(double[] min, double[] max, int c, double x, long n) {
    min[c] = n == 1 ? x : Math.min(min[c], x);
    max[c] = n == 1 ? x : Math.max(max[c], x);
  }

  @Override
  Normalize normalize(Tensor min, Tensor max, long n) {
    return Normalize.minMax(min, max, low, high);
  }

  @Override
  Tensor bounded(Tensor y) {
    return clip ? F.clamp(Variable.constant(y), low, high).value() : y;
  }

  /// The smallest number of each feature.
  ///
  /// @throws org.wengert.StateException if this is not fitted
  public double[] dataMin() {
    return first();
  }

  /// The largest number of each feature.
  ///
  /// @throws org.wengert.StateException if this is not fitted
  public double[] dataMax() {
    return second();
  }

  @Override
  public MinMaxScaler fit(Tensor x) {
    super.fit(x);
    return this;
  }

  @Override
  public MinMaxScaler fresh() {
    return new MinMaxScaler(low, high, clip);
  }
}
