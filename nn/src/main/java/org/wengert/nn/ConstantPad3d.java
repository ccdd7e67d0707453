package org.wengert.nn;

import org.wengert.tensor.OptionException;

/// A number around volumes.
///
/// Input of shape `(samples, channels, depth, height, width)`, or one sample without the first
/// axis. Several threads may call `forward` at once.
///
/// Source: `torch.nn.ConstantPad3d`.
public final class ConstantPad3d extends PadLayer {
  /// Padding of this size at all ends.
  public ConstantPad3d(int padding, double value) {
    this(new int[] {padding}, value);
  }

  /// Padding of these sizes. Negative numbers cut off.
  ///
  /// @param padding one number for all ends, or 6: left, right, top, bottom, front, back
  /// @throws OptionException if there are more or fewer
  public ConstantPad3d(int[] padding, double value) {
    super(3, null, value, padding);
  }
}
