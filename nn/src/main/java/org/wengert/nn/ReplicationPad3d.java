package org.wengert.nn;

import org.wengert.PadMode;
import org.wengert.tensor.OptionException;

/// The border elements repeated around volumes: `0 0 | 0 1 2 3 | 3 3`.
///
/// Input of shape `(samples, channels, depth, height, width)`, or one sample without the first
/// axis. Several threads may call `forward` at once.
///
/// Source: `torch.nn.ReplicationPad3d`.
public final class ReplicationPad3d extends PadLayer {
  /// Padding of this size.
  ///
  /// @param padding one number for all ends, or 6: left, right, top, bottom, front, back
  /// @throws OptionException if there are more or fewer
  public ReplicationPad3d(int... padding) {
    super(3, PadMode.REPLICATE, 0, padding);
  }
}
