package org.wengert.train.estimator;

import org.wengert.StateException;
import org.wengert.tensor.DType;
import org.wengert.tensor.OptionException;
import org.wengert.tensor.ShapeException;
import org.wengert.tensor.Tensor;
import org.wengert.train.data.TensorDataset;

/// Checks of what estimators are given.
final class Inputs {
  private Inputs() {}

  /// `X` in floating numbers: `FLOAT32` as it is, anything else as `FLOAT64`.
  static Tensor samples(Tensor x) {
    if (x.rank() != 2 || x.count() == 0) {
      throw new ShapeException("X has shape " + x.shape())
          .hint("give at least one sample and one feature, as (samples, features)");
    }
    return finite("X", x.dtype() == DType.FLOAT32 ? x : x.to(DType.FLOAT64));
  }

  /// The same, with as many features as were fitted.
  static Tensor samples(String fitted, Tensor x, int features) {
    Tensor checked = samples(x);
    if (checked.size(1) != features) {
      throw new ShapeException(
              "X has " + x.size(1) + " features, " + fitted + " was fitted with " + features)
          .hint("give the columns of fit, in their order");
    }
    return checked;
  }

  static Tensor finite(String name, Tensor tensor) {
    double[] values = tensor.toDoubleArray();
    for (int i = 0; i < values.length; i++) {
      if (!Double.isFinite(values[i])) {
        int width = tensor.rank() == 2 ? tensor.size(1) : 1;
        String place = "row " + i / width + ", column " + i % width;
        throw new OptionException(name + " has " + values[i] + " in " + place)
            .hint("leave such samples out, or fill in a number");
      }
    }
    return tensor;
  }

  static void requireRows(int samples, int answers) {
    if (samples != answers) {
      throw new ShapeException(samples + " samples in X meet " + answers + " in y")
          .hint("give one y for each row of X");
    }
  }

  static StateException notFitted(Object estimator) {
    return new StateException(estimator.getClass().getSimpleName() + " is not fitted")
        .hint("call fit first");
  }

  /// Some rows.
  static Tensor rows(Tensor x, int... rows) {
    return TensorDataset.of(x).batch(rows);
  }
}
