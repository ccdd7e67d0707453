package org.wengert.nn;

import org.wengert.F;
import org.wengert.Indexed;
import org.wengert.Pooling;
import org.wengert.Variable;
import org.wengert.tensor.OptionException;

/// The largest number of each window over images; the gradient goes to the first of equals.
///
/// Input of shape `(samples, channels, height, width)`, or one sample without the first axis; each
/// size becomes `⌊(size + 2 padding - dilation (kernel - 1) - 1) / stride⌋ + 1`, with `ceilMode`
/// rounded up. By default windows lie side by side. Several threads may call `forward` at once.
///
/// ```
/// new MaxPool2d(Pooling.of(3).stride(2).padding(1))
/// ```
///
/// Source: `torch.nn.MaxPool2d`.
public final class MaxPool2d extends MaxPool {
  /// Windows of this size, side by side.
  ///
  /// @throws OptionException if the size is below 1
  public MaxPool2d(int kernel) {
    this(Pooling.of(kernel));
  }

  /// These windows.
  ///
  /// @throws OptionException if they are not for 2 axes
  public MaxPool2d(Pooling windows) {
    super(windows, 2);
  }

  @Override
  Variable compute(Variable x) {
    return F.maxPool2d(x, windows());
  }

  @Override
  Indexed pooled(Variable x) {
    return F.maxPool2dWithIndices(x, windows());
  }
}
