package org.wengert.nn;

import org.wengert.F;
import org.wengert.Indexed;
import org.wengert.Variable;
import org.wengert.tensor.OptionException;

/// The largest numbers of windows that divide a volume as evenly as possible, so that the output
/// has the same size whatever the input's: window `i` goes from `⌊i size / outputs⌋` up to
/// `⌈(i + 1) size / outputs⌉`.
///
/// Input of shape `(samples, channels, depth, height, width)`, or one sample without the first
/// axis. Several threads may call `forward` at once.
///
/// Source: `torch.nn.AdaptiveMaxPool3d`.
public final class AdaptiveMaxPool3d extends AdaptiveMaxPool {
  /// Outputs of this size along each axis.
  ///
  /// @param outputs -1 keeps the input's size
  /// @throws OptionException if it is below -1
  public AdaptiveMaxPool3d(int outputs) {
    this(outputs, outputs, outputs);
  }

  /// Outputs of these sizes; -1 keeps the input's size.
  ///
  /// @throws OptionException if one is below -1
  public AdaptiveMaxPool3d(int depth, int height, int width) {
    super(depth, height, width);
  }

  @Override
  Indexed pooled(Variable x, int... sizes) {
    return F.adaptiveMaxPool3d(x, sizes[0], sizes[1], sizes[2]);
  }
}
