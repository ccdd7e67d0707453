package org.wengert.train;

import java.util.List;
import org.wengert.tensor.OptionException;

/// What a [LearningRateFinder] saw. Immutable.
///
/// The smoothed loss is the exponential mean `s_i = (b s_{i-1} + (1-b) l_i)`, divided by `1 - b^i`,
/// so that the first losses are not drawn to 0.
///
/// @param rates of the steps, growing
/// @param losses before each step
/// @param smoothed the losses smoothed
/// @param suggestion the rate at which the smoothed loss falls most steeply against the logarithm
///     of the rate, before its least; `NaN` if it falls nowhere
public record LearningRateCurve(
    List<Double> rates, List<Double> losses, List<Double> smoothed, double suggestion) {
  /// Copies the lists.
  public LearningRateCurve {
    rates = List.copyOf(rates);
    losses = List.copyOf(losses);
    smoothed = List.copyOf(smoothed);
  }

  static LearningRateCurve of(List<Double> rates, List<Double> losses, double smoothing) {
    Smoothed mean = new Smoothed(smoothing);
    List<Double> smoothed = losses.stream().map(mean::next).toList();
    return new LearningRateCurve(rates, losses, smoothed, steepest(rates, smoothed));
  }

  /// By the least-squares slopes over a tenth of the steps on either side, since batches differ.
  private static double steepest(List<Double> rates, List<Double> smoothed) {
    int side = Math.max(1, rates.size() / 10);
    int least = 0;
    for (int i = 1; i < smoothed.size(); i++) {
      least = smoothed.get(i) < smoothed.get(least) ? i : least;
    }
    double steepest = 0;
    double rate = Double.NaN;
    for (int i = side; i < Math.min(least, smoothed.size() - side); i++) {
      double slope = 0;
      for (int k = -side; k <= side; k++) {
        slope += k * smoothed.get(i + k);
      }
      if (slope < steepest) {
        steepest = slope;
        rate = rates.get(i);
      }
    }
    return rate;
  }

  /// The suggestion, if there is one.
  ///
  /// @throws OptionException if the loss falls nowhere
  public double orThrow() {
    if (Double.isNaN(suggestion)) {
      throw new OptionException("the loss falls at no rate between " + range())
          .hint("look at smoothed(); take other rates with between(least, largest), or more steps");
    }
    return suggestion;
  }

  private String range() {
    return rates.isEmpty() ? "any two" : rates.getFirst() + " and " + rates.getLast();
  }

  /// One sentence with the numbers.
  @Override
  public String toString() {
    return Double.isNaN(suggestion)
        ? "the loss falls at no rate between " + range()
        : "begin with %.2g: there the loss falls most steeply; it was looked at from %.2g to %.2g"
            .formatted(suggestion, rates.getFirst(), rates.getLast());
  }
}
