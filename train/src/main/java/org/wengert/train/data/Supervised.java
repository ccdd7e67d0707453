package org.wengert.train.data;

import org.wengert.tensor.Tensor;

/// A sample or a batch with what goes into a model and what should come out. A record with these
/// two components needs nothing but the `implements`.
public interface Supervised {
  /// What goes in; in a batch the first axis counts samples.
  Tensor input();

  /// What should come out, as the loss wants it: class numbers, or numbers of the output's shape.
  Tensor target();
}
