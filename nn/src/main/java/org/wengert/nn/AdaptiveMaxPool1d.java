package org.wengert.nn;

import org.wengert.F;
import org.wengert.Indexed;
import org.wengert.Variable;
import org.wengert.tensor.OptionException;

/// The largest numbers of windows that divide a sequence as evenly as possible, so that the output
/// has the same size whatever the input's: window `i` goes from `⌊i size / outputs⌋` up to
/// `⌈(i + 1) size / outputs⌉`.
///
/// Input of shape `(samples, channels, length)`, or one sample without the first axis. Several
/// threads may call `forward` at once.
///
/// Source: `torch.nn.AdaptiveMaxPool1d`.
public final class AdaptiveMaxPool1d extends AdaptiveMaxPool {
  /// Outputs of this size; -1 keeps the input's size.
  ///
  /// @throws OptionException if it is below -1
  public AdaptiveMaxPool1d(int outputs) {
    super(outputs);
  }

  @Override
  Indexed pooled(Variable x, int... sizes) {
    return F.adaptiveMaxPool1d(x, sizes[0]);
  }
}
