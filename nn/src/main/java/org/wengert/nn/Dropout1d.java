package org.wengert.nn;

import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.wengert.tensor.OptionException;

/// [Dropout] of whole channels: with probability `p` a channel of a sample is 0 everywhere, else
/// multiplied by `1/(1-p)`. Neighbours in sequences are so alike that dropping one of them alone
/// takes no information away.
///
/// Input of shape `(samples, channels, length)`, or one sample without the first axis.
///
/// Holds state: the generator, if it was given one, which [Module#generators] saves and the state
/// dict does not. Not thread-safe then, while training.
///
/// Source: Tompson et al., "Efficient object localization using convolutional networks", CVPR 2015;
/// `torch.nn.Dropout1d`.
public final class Dropout1d extends DropoutLayer {
  /// With probability 1/2, by the thread's generator.
  public Dropout1d() {
    this(0.5);
  }

  /// With probability `p`, by the generator of the thread that calls `forward`.
  ///
  /// @throws OptionException if `p` is no probability
  public Dropout1d(double p) {
    this(p, null);
  }

  /// With probability `p`.
  ///
  /// @param random where randomness comes from; null means the thread's generator
  /// @throws OptionException if `p` is no probability
  public Dropout1d(double p, @Nullable RandomGenerator random) {
    super(1, p, random);
  }
}
