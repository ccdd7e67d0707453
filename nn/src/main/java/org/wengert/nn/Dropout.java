package org.wengert.nn;

import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.wengert.tensor.OptionException;

/// Sets each number to 0 with probability `p` and multiplies the others by `1/(1-p)`, so that the
/// mean stays; keeps units from relying on each other. Only while training: in evaluation it is the
/// identity.
///
/// Holds state: the generator, if it was given one, which [Module#generators] saves and the state
/// dict does not. Not thread-safe then, while training.
///
/// Source: Srivastava et al., "Dropout: a simple way to prevent neural networks from overfitting",
/// JMLR 2014; `torch.nn.Dropout`.
public final class Dropout extends DropoutLayer {
  /// With probability 1/2, by the thread's generator.
  public Dropout() {
    this(0.5);
  }

  /// With probability `p`, by the generator of the thread that calls `forward`.
  ///
  /// @throws OptionException if `p` is no probability
  public Dropout(double p) {
    this(p, null);
  }

  /// With probability `p`.
  ///
  /// @param random where randomness comes from; null means the thread's generator
  /// @throws OptionException if `p` is no probability
  public Dropout(double p, @Nullable RandomGenerator random) {
    super(0, p, random);
  }
}
