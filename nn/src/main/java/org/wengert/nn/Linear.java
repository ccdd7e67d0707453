package org.wengert.nn;

import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.wengert.F;
import org.wengert.Parameter;
import org.wengert.Variable;
import org.wengert.tensor.OptionException;
import org.wengert.tensor.Rng;
import org.wengert.tensor.Shape;
import org.wengert.tensor.ShapeException;
import org.wengert.tensor.Tensor;

/// `y = x Wᵀ + b`: every output is a weighted sum of all inputs. Works on the last axis; all axes
/// in front are a batch: `(.., in)` becomes `(.., out)`.
///
/// `weight` has shape `(out, in)`, `bias` shape `(out)`. Both start uniform in
/// `[-1/√in, 1/√in]`, which for the weight is Kaiming's rule with `a = √5`.
///
/// Input and weights have one type. Holds state, its parameters; several threads may call `forward`
/// at once while nobody changes them.
///
/// Source: `torch.nn.Linear`.
public final class Linear extends Watched implements Weighted {
  private final Parameter weight;
  private final @Nullable Parameter bias;

  /// With a bias, initialised by the thread's generator.
  public Linear(int in, int out) {
    this(in, out, true);
  }

  /// Initialised by the thread's generator.
  public Linear(int in, int out, boolean bias) {
    this(in, out, bias, Rng.current());
  }

  /// With a bias.
  public Linear(int in, int out, RandomGenerator random) {
    this(in, out, true, random);
  }

  /// From `in` to `out` features.
  ///
  /// @throws OptionException if a number of features is below 1
  public Linear(int in, int out, boolean bias, RandomGenerator random) {
    if (in < 1 || out < 1) {
      throw new OptionException("Linear from " + in + " to " + out + " features")
          .hint("both numbers are at least 1");
    }
    double bound = 1 / Math.sqrt(in);
    weight = new Parameter(Tensor.zeros(out, in)).named("weight");
    Init.uniform(weight, -bound, bound, random);
    this.bias = bias ? new Parameter(Tensor.zeros(out)).named("bias") : null;
    if (this.bias != null) {
      Init.uniform(this.bias, -bound, bound, random);
    }
  }

  private Linear(Parameter weight, @Nullable Parameter bias) {
    this.weight = weight;
    this.bias = bias;
  }

  /// Of parameters that exist, so that other layers may have the same ones (weight tying):
  ///
  /// ```java
  /// private final Embedding in = new Embedding(65, 128);
  /// private final Linear out = Linear.of(in.weight(), null);
  /// ```
  ///
  /// @param weight of shape `(out, in)`
  /// @param bias of shape `(out)`; null means none
  /// @throws ShapeException if the shapes do not fit
  public static Linear of(Parameter weight, @Nullable Parameter bias) {
    boolean fits = weight.rank() == 2;
    if (!fits || (bias != null && !bias.shape().equals(Shape.of(weight.size(0))))) {
      String with = bias == null ? "" : " and a bias of shape " + bias.shape();
      throw new ShapeException("Linear of a weight of shape " + weight.shape() + with)
          .hint("the weight is (out, in), the bias (out)");
    }
    return new Linear(weight, bias);
  }

  @Override
  Variable compute(Variable x) {
    if (x.rank() == 0 || x.size(-1) != in()) {
      throw unexpected(in() + " features in the last axis", x).hint(hint(x));
    }
    requireType(x, weight.dtype());
    return F.linear(x, current(weight), bias);
  }

  private String hint(Variable x) {
    int count = x.value().count();
    int rows = x.rank() == 0 ? 1 : x.size(0);
    return rows > 0 && count == (long) rows * in()
        ? "flatten the input first, as new Flatten() does"
        : "the layer before must give " + in() + " features, or build this one for its output";
  }

  /// The number of input features.
  public int in() {
    return weight.size(1);
  }

  /// The number of output features.
  public int out() {
    return weight.size(0);
  }

  /// The weight, of shape `(out, in)`.
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
    return "in=" + in() + ", out=" + out() + ", bias=" + (bias != null);
  }
}
