package org.wengert.backend;

/// The ways to fold many numbers into one.
public enum Reduction {
  /// The sum; 0 of nothing.
  SUM(0, 0) {
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
  MAX(Double.NEGATIVE_INFINITY, Long.MIN_VALUE) {
    @Override
    public double fold(double a, double b) {
      return Math.max(a, b);
    }

    @Override
    public long fold(long a, long b) {
      return Math.max(a, b);
    }
  },
  /// The smallest element; `NaN` if one is.
  MIN(Double.POSITIVE_INFINITY, Long.MAX_VALUE) {
    @Override
    public double fold(double a, double b) {
      return Math.min(a, b);
    }

    @Override
    public long fold(long a, long b) {
      return Math.min(a, b);
    }
  };

  private final double start;
  private final long integralStart;

  Reduction(double start, long integralStart) {
    this.start = start;
    this.integralStart = integralStart;
  }

  /// The result for no elements.
  public double start() {
    return start;
  }

  /// The result for no integers; the outermost `long`s stand for the infinities.
  public long integralStart() {
    return integralStart;
  }

  /// What a number is multiplied by so that the largest is wanted: -1 for the smallest.
  int sign() {
    return this == MIN ? -1 : 1;
  }

  /// Folds one more number.
  public abstract double fold(double a, double b);

  /// Folds one more integer.
  public abstract long fold(long a, long b);
}
