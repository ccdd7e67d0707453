package org.wengert.nn;

import org.wengert.PadMode;
import org.wengert.tensor.OptionException;

/// The other end of the input continued around sequences: `2 3 | 0 1 2 3 | 0 1`.
///
/// Input of shape `(samples, channels, length)`, or one sample without the first axis. No padding
/// is larger than its axis. Several threads may call `forward` at once.
///
/// Source: `torch.nn.CircularPad1d`.
public final class CircularPad1d extends PadLayer {
  /// Padding of this size.
  ///
  /// @param padding one number for all ends, or 2: before and behind
  /// @throws OptionException if there are more or fewer
  public CircularPad1d(int... padding) {
    super(1, PadMode.CIRCULAR, 0, padding);
  }
}
