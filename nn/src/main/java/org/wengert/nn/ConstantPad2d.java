package org.wengert.nn;

import org.wengert.tensor.OptionException;

/// A number around images.
///
/// Input of shape `(samples, channels, height, width)`, or one sample without the first axis.
/// Several threads may call `forward` at once.
///
/// Source: `torch.nn.ConstantPad2d`.
public final class ConstantPad2d extends PadLayer {
  /// Padding of this size at all ends.
  public ConstantPad2d(int padding, double value) {
    this(new int[] {padding}, value);
  }

  /// Padding of these sizes. Negative numbers cut off.
  ///
  /// @param padding one number for all ends, or 4: left, right, top, bottom
  /// @throws OptionException if there are more or fewer
  public ConstantPad2d(int[] padding, double value) {
    super(2, null, value, padding);
  }
}
