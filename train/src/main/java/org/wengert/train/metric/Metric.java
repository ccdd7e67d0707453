package org.wengert.train.metric;

import org.wengert.tensor.Stateful;
import org.wengert.tensor.Tensor;

/// A measure of how good outputs are, gathered batch by batch: however the samples were divided
/// into batches, the value is that of all of them together. Holds state, which is saved with a
/// training, so that one that was interrupted in the middle of an epoch goes on counting; not
/// thread-safe.
public interface Metric extends Stateful {
  /// A short name for tables, such as `accuracy`.
  String name();

  /// Takes in one batch.
  ///
  /// @param output what the model gave
  /// @param target what it should have given
  /// @throws org.wengert.tensor.ShapeException if the two do not fit together
  void add(Tensor output, Tensor target);

  /// The value of all batches since the last [#reset]; `NaN` if that says nothing.
  double value();

  /// Forgets all batches.
  void reset();
}
