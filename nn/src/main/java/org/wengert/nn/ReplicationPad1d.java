package org.wengert.nn;

import org.wengert.PadMode;
import org.wengert.tensor.OptionException;

/// The border elements repeated around sequences: `0 0 | 0 1 2 3 | 3 3`.
///
/// Input of shape `(samples, channels, length)`, or one sample without the first axis. Several
/// threads may call `forward` at once.
///
/// Source: `torch.nn.ReplicationPad1d`.
public final class ReplicationPad1d extends PadLayer {
  /// Padding of this size.
  ///
  /// @param padding one number for all ends, or 2: before and behind
  /// @throws OptionException if there are more or fewer
  public ReplicationPad1d(int... padding) {
    super(1, PadMode.REPLICATE, 0, padding);
  }
}
