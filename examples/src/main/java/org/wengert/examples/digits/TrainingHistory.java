package org.wengert.examples.digits;

import java.util.List;

/// What a training run measured: the loss of every step, and a test after every epoch.
///
/// @param stepLosses the training loss of each step, in order
/// @param epochs the test results, in order
public record TrainingHistory(List<Double> stepLosses, List<Epoch> epochs) {

  /// The test after an epoch.
  ///
  /// @param step number of training steps taken so far
  /// @param testLoss mean loss on the test images
  /// @param testAccuracy share of test images classified correctly, 0 to 1
  public record Epoch(int step, double testLoss, double testAccuracy) {}

  public TrainingHistory {
    stepLosses = List.copyOf(stepLosses);
    epochs = List.copyOf(epochs);
  }
}
