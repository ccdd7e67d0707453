package org.wengert.nn;

import org.wengert.PadMode;
import org.wengert.tensor.OptionException;

/// The mirror image of the input, without the border, around volumes: `2 1 | 0 1 2 3 | 2 1`.
///
/// Input of shape `(samples, channels, depth, height, width)`, or one sample without the first
/// axis. Each padding is smaller than the size of its axis. Several threads may call `forward` at
/// once.
///
/// Source: `torch.nn.ReflectionPad3d`.
public final class ReflectionPad3d extends PadLayer {
  /// Padding of this size.
  ///
  /// @param padding one number for all ends, or 6: left, right, top, bottom, front, back
  /// @throws OptionException if there are more or fewer
  public ReflectionPad3d(int... padding) {
    super(3, PadMode.REFLECT, 0, padding);
  }
}
