package org.wengert.nn;

import org.wengert.F;
import org.wengert.Indexed;
import org.wengert.Pooling;
import org.wengert.Variable;
import org.wengert.tensor.OptionException;

/// The largest number of each window over volumes; the gradient goes to the first of equals.
///
/// Input of shape `(samples, channels, depth, height, width)`, or one sample without the first
/// axis; each size becomes `⌊(size + 2 padding - dilation (kernel - 1) - 1) / stride⌋ + 1`, with
/// `ceilMode` rounded up. By default windows lie side by side. Several threads may call `forward`
/// at once.
///
/// ```
/// new MaxPool3d(Pooling.of(3).stride(2).padding(1))
/// ```
///
/// Source: `torch.nn.MaxPool3d`.
public final class MaxPool3d extends MaxPool {
  /// Windows of this size, side by side.
  ///
  /// @throws OptionException if the size is below 1
  public MaxPool3d(int kernel) {
    this(Pooling.of(kernel));
  }

  /// These windows.
  ///
  /// @throws OptionException if they are not for 3 axes
  public MaxPool3d(Pooling windows) {
    super(windows, 3);
  }

  @Override
  Variable compute(Variable x) {
    return F.maxPool3d(x, windows());
  }

  @Override
  Indexed pooled(Variable x) {
    return F.maxPool3dWithIndices(x, windows());
  }
}
