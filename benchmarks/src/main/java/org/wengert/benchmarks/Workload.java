package org.wengert.benchmarks;

import java.util.List;
import org.wengert.tensor.Tensor;

/// A training step whose time is measured: zero gradients, forward, loss, backward and, where there
/// is one, the optimizer; written as any user of the library would.
public interface Workload {
  /// The name in tables.
  String name();

  /// One step.
  ///
  /// @return the loss before the step
  double step();

  /// The sum of the squares of all that the last step has made, for comparisons: parameters that
  /// have moved, or gradients.
  double squares();

  /// Everything the step reads, so that another library can be given the same: parameters in the
  /// order of the model, then data.
  List<Tensor> tensors();

  /// The sum of the squares of all elements.
  static double squares(Iterable<Tensor> tensors) {
    double sum = 0;
    for (Tensor tensor : tensors) {
      for (double value : tensor.toDoubleArray()) {
        sum += value * value;
      }
    }
    return sum;
  }
}
