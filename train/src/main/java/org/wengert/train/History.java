package org.wengert.train;

import java.util.List;

/// All that was reported during a fit, for tables and plots.
///
/// @param steps every step; of more than 100,000 every second, fourth and so on, and the last
/// @param epochs every epoch that was finished
/// @param end why it ended, in words, such as `30 epochs done`
public record History(List<StepReport> steps, List<EpochReport> epochs, String end) {
  /// Copies both lists.
  public History {
    steps = List.copyOf(steps);
    epochs = List.copyOf(epochs);
  }

  /// Nothing yet.
  public static History empty() {
    return new History(List.of(), List.of(), "");
  }
}
