package org.wengert.nn;

import org.wengert.F;
import org.wengert.Pooling;
import org.wengert.Variable;
import org.wengert.tensor.OptionException;

/// The mean of each window over volumes.
///
/// Input of shape `(samples, channels, depth, height, width)`, or one sample without the first
/// axis; each size becomes `⌊(size + 2 padding - kernel) / stride⌋ + 1`, with `ceilMode` rounded
/// up. By default windows lie side by side, and zeros of the padding count. Several threads may
/// call `forward` at once.
///
/// Source: `torch.nn.AvgPool3d`.
public final class AvgPool3d extends PoolLayer {
  /// Windows of this size, side by side.
  ///
  /// @throws OptionException if the size is below 1
  public AvgPool3d(int kernel) {
    this(Pooling.of(kernel));
  }

  /// These windows.
  ///
  /// @throws OptionException if they are not for 3 axes
  public AvgPool3d(Pooling windows) {
    super(windows, 3);
  }

  @Override
  Variable compute(Variable x) {
    return F.avgPool3d(x, windows());
  }
}
