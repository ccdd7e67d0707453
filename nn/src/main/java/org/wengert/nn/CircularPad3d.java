package org.wengert.nn;

import org.wengert.PadMode;
import org.wengert.tensor.OptionException;

/// The other end of the input continued around volumes: `2 3 | 0 1 2 3 | 0 1`.
///
/// Input of shape `(samples, channels, depth, height, width)`, or one sample without the first
/// axis. No padding is larger than its axis. Several threads may call `forward` at once.
///
/// Source: `torch.nn.CircularPad3d`.
public final class CircularPad3d extends PadLayer {
  /// Padding of this size.
  ///
  /// @param padding one number for all ends, or 6: left, right, top, bottom, front, back
  /// @throws OptionException if there are more or fewer
  public CircularPad3d(int... padding) {
    super(3, PadMode.CIRCULAR, 0, padding);
  }
}
