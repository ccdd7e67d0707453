package org.wengert.nn;

import org.wengert.F;
import org.wengert.Variable;
import org.wengert.tensor.OptionException;

/// The means of windows that divide an image as evenly as possible, so that the output has the same
/// size whatever the input's: window `i` goes from `⌊i size / outputs⌋` up to
/// `⌈(i + 1) size / outputs⌉`.
///
/// Input of shape `(samples, channels, height, width)`, or one sample without the first axis.
/// Several threads may call `forward` at once.
///
/// Source: `torch.nn.AdaptiveAvgPool2d`.
public final class AdaptiveAvgPool2d extends AdaptivePool {
  /// Outputs of this size along each axis.
  ///
  /// @param outputs -1 keeps the input's size
  /// @throws OptionException if it is below -1
  public AdaptiveAvgPool2d(int outputs) {
    this(outputs, outputs);
  }

  /// Outputs of these sizes; -1 keeps the input's size.
  ///
  /// @throws OptionException if one is below -1
  public AdaptiveAvgPool2d(int height, int width) {
    super(height, width);
  }

  @Override
  Variable compute(Variable x) {
    int[] sizes = sizes(x);
    return F.adaptiveAvgPool2d(x, sizes[0], sizes[1]);
  }
}
