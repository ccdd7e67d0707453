package org.wengert.nn;

import org.wengert.tensor.OptionException;

/// A number around sequences.
///
/// Input of shape `(samples, channels, length)`, or one sample without the first axis. Several
/// threads may call `forward` at once.
///
/// Source: `torch.nn.ConstantPad1d`.
public final class ConstantPad1d extends PadLayer {
  /// Padding of this size at all ends.
  public ConstantPad1d(int padding, double value) {
    this(new int[] {padding}, value);
  }

  /// Padding of these sizes. Negative numbers cut off.
  ///
  /// @param padding one number for all ends, or 2: before and behind
  /// @throws OptionException if there are more or fewer
  public ConstantPad1d(int[] padding, double value) {
    super(1, null, value, padding);
  }
}
