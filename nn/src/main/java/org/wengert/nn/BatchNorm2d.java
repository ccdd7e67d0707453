package org.wengert.nn;

import org.wengert.tensor.OptionException;

/// Each channel brought to mean 0 and variance 1 over the batch, then scaled and shifted by numbers
/// that are learned, which lets gradients pass through deep networks:
///
/// ```
/// y = (x - mean) / √(var + eps) · weight + bias
/// ```
///
/// In training the statistics are those of the batch, with the biased variance, and the running
/// ones move towards them (with the unbiased variance); in evaluation the running ones are used.
/// Input of shape `(samples, channels, height, width)`; `weight`, which starts at 1, and `bias`,
/// which starts at 0, have shape `(channels)`. In the state dict are `running_mean`, `running_var`
/// and `num_batches_tracked`, too.
///
/// Holds state, which `forward` changes in training; not thread-safe then.
///
/// Source: Ioffe, Szegedy, "Batch normalization", 2015; `torch.nn.BatchNorm2d`.
public final class BatchNorm2d extends BatchNorm {
  /// With PyTorch's defaults.
  ///
  /// @throws OptionException if there are no channels
  public BatchNorm2d(int channels) {
    this(channels, RunningNormOptions.ofBatch());
  }

  /// With these options.
  ///
  /// @throws OptionException if there are no channels
  public BatchNorm2d(int channels, RunningNormOptions options) {
    super(channels, options, 4, 4, "(samples, channels, height, width)");
  }
}
