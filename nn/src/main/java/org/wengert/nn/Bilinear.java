package org.wengert.nn;

import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.wengert.F;
import org.wengert.Parameter;
import org.wengert.Variable;
import org.wengert.tensor.OptionException;
import org.wengert.tensor.Rng;
import org.wengert.tensor.Tensor;

/// `yₒ = aᵀ Wₒ b + bₒ`: every output is a weighted sum of the products of two inputs' features.
/// Works on the last axis of both; all axes in front are a batch.
///
/// `weight` has shape `(out, in1, in2)`, `bias` shape `(out)`. Both start uniform in
/// `[-1/√in1, 1/√in1]`.
///
/// Inputs and weights have one type. Holds state, its parameters; several threads may call
/// `forward` at once while nobody changes them.
///
/// Source: `torch.nn.Bilinear`.
public final class Bilinear extends PairLayer implements Weighted {
  private final Parameter weight;
  private final @Nullable Parameter bias;

  /// With a bias, initialised by the thread's generator.
  public Bilinear(int in1, int in2, int out) {
    this(in1, in2, out, true, Rng.current());
  }

  /// From `in1` and `in2` to `out` features.
  ///
  /// @throws OptionException if a number of features is below 1
  public Bilinear(int in1, int in2, int out, boolean bias, RandomGenerator random) {
    if (in1 < 1 || in2 < 1 || out < 1) {
      throw new OptionException("Bilinear from " + in1 + " and " + in2 + " to " + out + " features")
          .hint("all numbers are at least 1");
    }
    double bound = 1 / Math.sqrt(in1);
    weight = new Parameter(Tensor.zeros(out, in1, in2)).named("weight");
    Init.uniform(weight, -bound, bound, random);
    this.bias = bias ? new Parameter(Tensor.zeros(out)).named("bias") : null;
    if (this.bias != null) {
      Init.uniform(this.bias, -bound, bound, random);
    }
  }

  @Override
  Variable compute(Variable a, Variable b) {
    requireFeatures(a, 1, "first");
    requireFeatures(b, 2, "second");
    Variable used = current(weight);
    return bias == null ? F.bilinear(a, b, used) : F.bilinear(a, b, used, bias);
  }

  private void requireFeatures(Variable x, int axis, String which) {
    int features = weight.size(axis);
    if (x.rank() == 0 || x.size(-1) != features) {
      throw unexpected(features + " features in the last axis of its " + which + " input", x)
          .hint("the layer before must give " + features + " features");
    }
    requireType(x, weight.dtype());
  }

  /// The weight, of shape `(out, in1, in2)`.
  @Override
  public Parameter weight() {
    return weight;
  }

  /// The bias, of shape `(out)`; null if there is none.
  public @Nullable Parameter bias() {
    return bias;
  }

  @Override
  protected String settings() {
    return ("in1=" + weight.size(1) + ", in2=" + weight.size(2))
        + (", out=" + weight.size(0) + ", bias=" + (bias != null));
  }
}
