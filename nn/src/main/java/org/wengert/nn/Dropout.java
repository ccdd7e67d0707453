package org.wengert.nn;

import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.wengert.Variable;
import org.wengert.tensor.OptionException;
import org.wengert.tensor.Rng;
import org.wengert.tensor.Storage;
import org.wengert.tensor.Tensor;

/// Sets each number to 0 with probability `p` and multiplies the others by `1/(1-p)`, so that the
/// mean stays; keeps units from relying on each other. Only while training: in evaluation it is the
/// identity.
///
/// Holds state: the generator, if it was given one. Not thread-safe then, while training.
///
/// Source: Srivastava et al., "Dropout: a simple way to prevent neural networks from overfitting",
/// JMLR 2014; `torch.nn.Dropout`.
public final class Dropout extends Watched {
  private final double p;
  private final @Nullable RandomGenerator random;

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
    if (!(p >= 0 && p <= 1)) {
      throw new OptionException("Dropout with probability " + p)
          .hint("a probability lies between 0 and 1; it is that of being dropped");
    }
    this.p = p;
    this.random = random;
  }

  @Override
  Variable compute(Variable x) {
    return isTraining() && p > 0 ? x.mul(Variable.constant(mask(x))) : x;
  }

  private Tensor mask(Variable x) {
    RandomGenerator source = random == null ? Rng.current() : random;
    double kept = 1 / (1 - p);
    Storage mask = Storage.allocate(x.dtype().toFloating(), x.value().count());
    for (int i = 0; i < mask.length(); i++) {
      mask.put(i, source.nextDouble() < p ? 0 : kept);
    }
    return Tensor.over(mask, x.shape());
  }

  /// The probability of being dropped.
  public double p() {
    return p;
  }

  @Override
  protected String settings() {
    return "p=" + p;
  }
}
