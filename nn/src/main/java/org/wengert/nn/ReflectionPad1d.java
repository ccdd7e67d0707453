package org.wengert.nn;

import org.wengert.PadMode;
import org.wengert.tensor.OptionException;

/// The mirror image of the input, without the border, around sequences: `2 1 | 0 1 2 3 | 2 1`.
///
/// Input of shape `(samples, channels, length)`, or one sample without the first axis. Each padding
/// is smaller than the size of its axis. Several threads may call `forward` at once.
///
/// Source: `torch.nn.ReflectionPad1d`.
public final class ReflectionPad1d extends PadLayer {
  /// Padding of this size.
  ///
  /// @param padding one number for all ends, or 2: before and behind
  /// @throws OptionException if there are more or fewer
  public ReflectionPad1d(int... padding) {
    super(1, PadMode.REFLECT, 0, padding);
  }
}
