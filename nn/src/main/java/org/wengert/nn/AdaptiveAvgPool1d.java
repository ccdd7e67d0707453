package org.wengert.nn;

import org.wengert.F;
import org.wengert.Variable;
import org.wengert.tensor.OptionException;

/// The means of windows that divide a sequence as evenly as possible, so that the output has the
/// same size whatever the input's: window `i` goes from `⌊i size / outputs⌋` up to
/// `⌈(i + 1) size / outputs⌉`.
///
/// Input of shape `(samples, channels, length)`, or one sample without the first axis. Several
/// threads may call `forward` at once.
///
/// Source: `torch.nn.AdaptiveAvgPool1d`.
public final class AdaptiveAvgPool1d extends AdaptivePool {
  /// Outputs of this size; -1 keeps the input's size.
  ///
  /// @throws OptionException if it is below -1
  public AdaptiveAvgPool1d(int outputs) {
    super(outputs);
  }

  @Override
  Variable compute(Variable x) {
    int[] sizes = sizes(x);
    return F.adaptiveAvgPool1d(x, sizes[0]);
  }
}
