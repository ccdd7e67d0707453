package org.wengert.backend;

/// The ways to fold many numbers into one.
public enum Reduction {
  /// The sum; 0 of nothing.
  SUM(0) {
    @Override
    public double fold(double a, double b) {
      return a + b;
    }

    @Override
    public long fold(long a, long b) {
      return a + b;
    }
  },
  /// The largest element; `NaN` if one is.
  MAX(Double.NEGATIVE_INFINITY) {
    @Override
    public double fold(double a, double b) {
      return Math.max(a, b);
    }

    @Override
    public long fold(long a, long b) {
      return Math.max(a, b);
    }
  };

  private final double start;

  Reduction(double start) {
    this.start = start;
  }

  /// The result for no elements; as an integer, the least `long` stands for minus infinity.
  public double start() {
    return start;
  }

  /// Folds one more number.
  public abstract double fold(double a, double b);

  /// Folds one more integer.
  public abstract long fold(long a, long b);
}
