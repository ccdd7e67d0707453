package org.wengert.nn;

import org.wengert.PadMode;
import org.wengert.tensor.OptionException;

/// The other end of the input continued around images: `2 3 | 0 1 2 3 | 0 1`.
///
/// Input of shape `(samples, channels, height, width)`, or one sample without the first axis. No
/// padding is larger than its axis. Several threads may call `forward` at once.
///
/// Source: `torch.nn.CircularPad2d`.
public final class CircularPad2d extends PadLayer {
  /// Padding of this size.
  ///
  /// @param padding one number for all ends, or 4: left, right, top, bottom
  /// @throws OptionException if there are more or fewer
  public CircularPad2d(int... padding) {
    super(2, PadMode.CIRCULAR, 0, padding);
  }
}
