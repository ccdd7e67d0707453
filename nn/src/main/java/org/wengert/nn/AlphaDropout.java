package org.wengert.nn;

import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.wengert.Variable;
import org.wengert.tensor.OptionException;

/// The dropout for networks of SELU units, which keeps mean 0 and variance 1: with probability `p`
/// a number becomes `α' = -1.7581`, the least that a SELU gives, and all are then scaled and
/// shifted:
///
/// ```
/// y = a (kept ? x : α') + b    with a = 1/√((1-p)(1 + p α'²)), b = -a p α'
/// ```
///
/// Only while training: in evaluation it is the identity. With `p = 1` the output is 0.
///
/// Holds state: the generator, if it was given one, which [Module#generators] saves and the state
/// dict does not. Not thread-safe then, while training.
///
/// Source: Klambauer et al., "Self-normalizing neural networks", 2017; `torch.nn.AlphaDropout`.
public final class AlphaDropout extends DropoutLayer {
  private static final double LEAST = -1.7580993408473766;

  /// With probability 1/2, by the thread's generator.
  public AlphaDropout() {
    this(0.5);
  }

  /// With probability `p`, by the generator of the thread that calls `forward`.
  ///
  /// @throws OptionException if `p` is no probability
  public AlphaDropout(double p) {
    this(p, null);
  }

  /// With probability `p`.
  ///
  /// @param random where randomness comes from; null means the thread's generator
  /// @throws OptionException if `p` is no probability
  public AlphaDropout(double p, @Nullable RandomGenerator random) {
    super(0, p, random);
  }

  @Override
  Variable dropped(Variable x) {
    Variable kept = mask(x, 1);
    if (p() == 1) {
      return x.mul(kept);
    }
    double a = 1 / Math.sqrt((1 - p()) * (1 + p() * LEAST * LEAST));
    Variable left = x.mul(kept).add(kept.rsub(1).mul(LEAST));
    return left.mul(a).sub(a * p() * LEAST);
  }
}
