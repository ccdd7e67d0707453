package org.wengert.nn;

import org.wengert.tensor.OptionException;

/// Zeros around images.
///
/// Input of shape `(samples, channels, height, width)`, or one sample without the first axis.
/// Several threads may call `forward` at once.
///
/// Source: `torch.nn.ZeroPad2d`.
public final class ZeroPad2d extends PadLayer {
  /// Padding of this size. Negative numbers cut off.
  ///
  /// @param padding one number for all ends, or 4: left, right, top, bottom
  /// @throws OptionException if there are more or fewer
  public ZeroPad2d(int... padding) {
    super(2, null, 0, padding);
  }
}
