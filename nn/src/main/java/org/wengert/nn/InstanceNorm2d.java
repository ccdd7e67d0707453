package org.wengert.nn;

import org.wengert.tensor.OptionException;

/// Each channel of each sample brought to mean 0 and variance 1 over its own plane, which takes an
/// image's contrast away, as style transfer wants it:
///
/// ```
/// y = (x - mean) / √(var + eps) · weight + bias
/// ```
///
/// The variance is the biased one. By default there are neither weight and bias nor running
/// statistics: training and evaluation are the same. Input of shape
/// `(samples, channels, height, width)`, or one sample without the first axis.
///
/// Holds state; if it has running statistics, `forward` changes them in training and is not
/// thread-safe then.
///
/// Source: Ulyanov, Vedaldi, Lempitsky, "Instance normalization", 2016; `torch.nn.InstanceNorm2d`.
public final class InstanceNorm2d extends InstanceNorm {
  /// With PyTorch's defaults.
  ///
  /// @throws OptionException if there are no channels
  public InstanceNorm2d(int channels) {
    this(channels, RunningNormOptions.ofInstance());
  }

  /// With these options.
  ///
  /// @throws OptionException if there are no channels
  public InstanceNorm2d(int channels, RunningNormOptions options) {
    super(channels, options, 2);
  }
}
