package org.wengert.nn;

import org.wengert.F;

/// `x` above a threshold, else a fixed value, element by element.
///
/// Several threads may call `forward` at once.
///
/// Source: `torch.nn.Threshold`.
public final class Threshold extends Activation {
  /// With the given threshold, and the value up to it.
  public Threshold(double threshold, double value) {
    super(x -> F.threshold(x, threshold, value), "threshold=" + threshold + ", value=" + value);
  }
}
