package org.wengert.nn;

import org.wengert.PadMode;
import org.wengert.tensor.OptionException;

/// The border elements repeated around images: `0 0 | 0 1 2 3 | 3 3`.
///
/// Input of shape `(samples, channels, height, width)`, or one sample without the first axis.
/// Several threads may call `forward` at once.
///
/// Source: `torch.nn.ReplicationPad2d`.
public final class ReplicationPad2d extends PadLayer {
  /// Padding of this size.
  ///
  /// @param padding one number for all ends, or 4: left, right, top, bottom
  /// @throws OptionException if there are more or fewer
  public ReplicationPad2d(int... padding) {
    super(2, PadMode.REPLICATE, 0, padding);
  }
}
