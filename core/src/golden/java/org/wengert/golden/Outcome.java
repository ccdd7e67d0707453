package org.wengert.golden;

import java.util.List;

/// What came of a golden case.
sealed interface Outcome {
  /// Every number agrees.
  ///
  /// @param values how well the outputs do
  /// @param gradients how well the gradients do
  record Passed(Agreement values, Agreement gradients) implements Outcome {}

  /// Something disagrees: a line for each thing that does.
  record Failed(List<String> differences) implements Outcome {}

  /// There is no such thing here, by design.
  record NotApplicable(String reason) implements Outcome {}
}
