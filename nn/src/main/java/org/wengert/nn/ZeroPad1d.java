package org.wengert.nn;

import org.wengert.tensor.OptionException;

/// Zeros around sequences.
///
/// Input of shape `(samples, channels, length)`, or one sample without the first axis. Several
/// threads may call `forward` at once.
///
/// Source: `torch.nn.ZeroPad1d`.
public final class ZeroPad1d extends PadLayer {
  /// Padding of this size. Negative numbers cut off.
  ///
  /// @param padding one number for all ends, or 2: before and behind
  /// @throws OptionException if there are more or fewer
  public ZeroPad1d(int... padding) {
    super(1, null, 0, padding);
  }
}
