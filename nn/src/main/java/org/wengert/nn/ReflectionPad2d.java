package org.wengert.nn;

import org.wengert.PadMode;
import org.wengert.tensor.OptionException;

/// The mirror image of the input, without the border, around images: `2 1 | 0 1 2 3 | 2 1`.
///
/// Input of shape `(samples, channels, height, width)`, or one sample without the first axis. Each
/// padding is smaller than the size of its axis. Several threads may call `forward` at once.
///
/// Source: `torch.nn.ReflectionPad2d`.
public final class ReflectionPad2d extends PadLayer {
  /// Padding of this size.
  ///
  /// @param padding one number for all ends, or 4: left, right, top, bottom
  /// @throws OptionException if there are more or fewer
  public ReflectionPad2d(int... padding) {
    super(2, PadMode.REFLECT, 0, padding);
  }
}
