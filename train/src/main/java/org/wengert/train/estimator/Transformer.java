package org.wengert.train.estimator;

import org.wengert.tensor.Stateful;
import org.wengert.tensor.Tensor;

/// What changes `X` before an estimator sees it, by what it has learned from the samples of `fit`:
/// never from those that test. Holds state; not thread-safe while it learns.
///
/// Source: scikit-learn's transformers.
public interface Transformer extends Stateful {
  /// Learns from these samples, and forgets what it has learned before.
  ///
  /// @param x of shape `(samples, features)`
  /// @return this
  /// @throws org.wengert.tensor.ShapeException if it has another shape
  /// @throws org.wengert.tensor.OptionException if a number is not finite
  Transformer fit(Tensor x);

  /// The samples, changed.
  ///
  /// @throws org.wengert.StateException if this is not fitted
  /// @throws org.wengert.tensor.ShapeException if there are not as many features as in `fit`
  /// @throws org.wengert.tensor.OptionException if a number is not finite
  Tensor transform(Tensor x);

  /// The samples as they were before [#transform], but for rounding.
  Tensor inverseTransform(Tensor x);

  /// One like this that has learned nothing.
  Transformer fresh();

  /// Learns from these samples, and changes them.
  default Tensor fitTransform(Tensor x) {
    return fit(x).transform(x);
  }

  /// The rows, changed.
  default Tensor transform(double[][] x) {
    return transform(Tensor.of(x));
  }
}
