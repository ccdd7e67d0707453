package org.wengert.train.estimator;

import org.wengert.tensor.Tensor;
import org.wengert.train.metric.R2;

/// An estimator that says numbers: `y` has shape `(samples)`, or `(samples, outputs)` for several
/// of each. Holds state; not thread-safe while it learns.
public interface Regressor extends Estimator<Tensor> {
  /// The numbers themselves.
  @Override
  default Tensor decide(Tensor outputs) {
    return outputs;
  }

  /// The coefficient of determination, see [R2].
  @Override
  default double agreement(Tensor predicted, Tensor y) {
    R2 r2 = new R2();
    r2.add(predicted, y);
    return r2.value();
  }

  @Override
  default Tensor select(Tensor y, int... samples) {
    return Inputs.rows(y, samples);
  }

  /// All of one.
  @Override
  default int[] strata(Tensor y) {
    return new int[y.rank() == 0 ? 1 : y.size(0)];
  }
}
