package org.wengert.train;

/// An exponential mean without the bias of its beginning. Holds state: the mean so far.
final class Smoothed {
  private final double share;
  private double sum;
  private double weight;

  /// @param share what each number leaves to those before it
  Smoothed(double share) {
    this.share = share;
  }

  /// The mean up to the next number.
  double next(double number) {
    sum = share * sum + (1 - share) * number;
    weight = share * weight + 1 - share;
    return sum / weight;
  }
}
