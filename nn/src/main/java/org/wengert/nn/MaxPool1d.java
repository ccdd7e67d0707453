package org.wengert.nn;

import org.wengert.F;
import org.wengert.Indexed;
import org.wengert.Pooling;
import org.wengert.Variable;
import org.wengert.tensor.OptionException;

/// The largest number of each window along sequences; the gradient goes to the first of equals.
///
/// Input of shape `(samples, channels, length)`, or one sample without the first axis; each size
/// becomes `⌊(size + 2 padding - dilation (kernel - 1) - 1) / stride⌋ + 1`, with `ceilMode` rounded
/// up. By default windows lie side by side. Several threads may call `forward` at once.
///
/// ```
/// new MaxPool1d(Pooling.of(3).stride(2).padding(1))
/// ```
///
/// Source: `torch.nn.MaxPool1d`.
public final class MaxPool1d extends MaxPool {
  /// Windows of this size, side by side.
  ///
  /// @throws OptionException if the size is below 1
  public MaxPool1d(int kernel) {
    this(Pooling.of(kernel));
  }

  /// These windows.
  ///
  /// @throws OptionException if they are not for 1 axis
  public MaxPool1d(Pooling windows) {
    super(windows, 1);
  }

  @Override
  Variable compute(Variable x) {
    return F.maxPool1d(x, windows());
  }

  @Override
  Indexed pooled(Variable x) {
    return F.maxPool1dWithIndices(x, windows());
  }
}
