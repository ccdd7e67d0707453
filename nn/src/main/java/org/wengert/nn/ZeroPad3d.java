package org.wengert.nn;

import org.wengert.tensor.OptionException;

/// Zeros around volumes.
///
/// Input of shape `(samples, channels, depth, height, width)`, or one sample without the first
/// axis. Several threads may call `forward` at once.
///
/// Source: `torch.nn.ZeroPad3d`.
public final class ZeroPad3d extends PadLayer {
  /// Padding of this size. Negative numbers cut off.
  ///
  /// @param padding one number for all ends, or 6: left, right, top, bottom, front, back
  /// @throws OptionException if there are more or fewer
  public ZeroPad3d(int... padding) {
    super(3, null, 0, padding);
  }
}
