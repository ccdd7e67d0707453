package org.wengert.nn;

import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.wengert.F;
import org.wengert.Variable;
import org.wengert.tensor.DType;
import org.wengert.tensor.OptionException;
import org.wengert.tensor.Rng;
import org.wengert.tensor.Storage;
import org.wengert.tensor.Tensor;

/// `x` if positive, else `a · x`, element by element, while training with its own random slope `a`
/// for each element, uniform between two bounds, against overfitting; in evaluation `a` is their
/// mean.
///
/// Holds state: the generator, if it was given one, which [Module#generators] saves and the state
/// dict does not. Not thread-safe then, while training.
///
/// Source: Xu et al., "Empirical evaluation of rectified activations in convolutional network",
/// 2015; `torch.nn.RReLU`.
public final class RReLU extends Watched {
  private final double lower;
  private final double upper;
  private final @Nullable RandomGenerator random;

  /// With slopes between 1/8 and 1/3, by the thread's generator.
  public RReLU() {
    this(1.0 / 8, 1.0 / 3);
  }

  /// With slopes between two bounds, by the generator of the thread that calls `forward`.
  ///
  /// @throws OptionException unless `lower <= upper`, both finite
  public RReLU(double lower, double upper) {
    this(lower, upper, null);
  }

  /// With slopes between two bounds.
  ///
  /// @param random where randomness comes from; null means the thread's generator
  /// @throws OptionException unless `lower <= upper`, both finite
  public RReLU(double lower, double upper, @Nullable RandomGenerator random) {
    if (!(lower <= upper && Double.isFinite(lower) && Double.isFinite(upper))) {
      throw new OptionException("RReLU with slopes from " + lower + " to " + upper)
          .hint("both bounds are finite, the lower one first");
    }
    this.lower = lower;
    this.upper = upper;
    this.random = random;
  }

  @Override
  Variable compute(Variable x) {
    return isTraining() ? x.mul(Variable.constant(slopes(x))) : F.leakyRelu(x, (lower + upper) / 2);
  }

  /// 1 for each positive element, a random slope for each other.
  private Tensor slopes(Variable x) {
    RandomGenerator source = Generators.drawnFrom(random);
    double[] slopes = x.value().toDoubleArray();
    int drawn = 0;
    for (double number : slopes) {
      drawn += number > 0 ? 0 : 1;
    }
    double[] uniforms = Rng.uniforms(source, drawn);
    for (int i = slopes.length - 1; i >= 0; i--) {
      slopes[i] = slopes[i] > 0 ? 1 : lower + (upper - lower) * uniforms[--drawn];
    }
    DType type = x.dtype().toFloating();
    return Tensor.over(new Storage.Doubles(slopes), x.shape()).to(type);
  }

  @Override
  protected String settings() {
    return "lower=" + lower + ", upper=" + upper;
  }
}
