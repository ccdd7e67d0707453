package org.wengert.train.estimator;

import org.wengert.nn.Identity;
import org.wengert.nn.Layer;
import org.wengert.nn.ReLU;
import org.wengert.nn.Sigmoid;
import org.wengert.nn.Tanh;

/// The function of the hidden layers.
public enum Activation {
  /// `x`: the network is linear.
  IDENTITY,
  /// `1 / (1 + exp(-x))`.
  LOGISTIC,
  /// `tanh x`.
  TANH,
  /// `max(x, 0)`.
  RELU;

  Layer layer() {
    return switch (this) {
      case IDENTITY -> new Identity();
      case LOGISTIC -> new Sigmoid();
      case TANH -> new Tanh();
      case RELU -> new ReLU();
    };
  }

  /// The bound of the uniform numbers with which a layer starts, after Glorot and Bengio.
  double bound(int in, int out) {
    return Math.sqrt((this == LOGISTIC ? 2.0 : 6.0) / (in + out));
  }
}
