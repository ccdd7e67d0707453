package org.wengert.nn;

import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.wengert.Variable;
import org.wengert.tensor.OptionException;
import org.wengert.tensor.Rng;
import org.wengert.tensor.Shape;

/// What the layers that drop share: a probability, a generator, and to do nothing in evaluation.
/// Numbers in the last axes share one fate.
abstract class DropoutLayer extends Watched {
  private final double p;
  private final @Nullable RandomGenerator random;
  private final int axes;

  DropoutLayer(int axes, double p, @Nullable RandomGenerator random) {
    if (!(p >= 0 && p <= 1)) {
      throw new OptionException(described() + " with probability " + p)
          .hint("a probability lies between 0 and 1; it is that of being dropped");
    }
    this.axes = axes;
    this.p = p;
    this.random = random;
  }

  @Override
  final Variable compute(Variable x) {
    if (axes > 0 && x.rank() != axes + 1 && x.rank() != axes + 2) {
      throw unexpected("channels in front of " + axes + (axes == 1 ? " axis" : " axes"), x)
          .hint("the input has axes (samples, channels, ..), or is one sample without the first");
    }
    return isTraining() && p > 0 ? dropped(x) : x;
  }

  /// The output in training: what stays is scaled, so that means stay.
  Variable dropped(Variable x) {
    return x.mul(mask(x, p == 1 ? 1 : 1 / (1 - p)));
  }

  /// `value` for what stays and 0 for what is dropped; it broadcasts to `x`.
  final Variable mask(Variable x, double value) {
    RandomGenerator source = Generators.drawnFrom(random);
    int[] sizes = x.shape().toArray();
    Arrays.fill(sizes, sizes.length - axes, sizes.length, 1);
    return Variable.constant(Rng.mask(Shape.of(sizes), p, value, x.dtype().toFloating(), source));
  }

  /// The probability of being dropped.
  public final double p() {
    return p;
  }

  @Override
  protected String settings() {
    return "p=" + p;
  }
}
