package org.wengert.nn;

import org.jspecify.annotations.Nullable;
import org.wengert.F;
import org.wengert.Parameter;
import org.wengert.Variable;
import org.wengert.tensor.Shape;

/// The last axes of each sample brought to mean 0 and variance 1, then scaled and shifted by
/// numbers that are learned; works on one sample as on many, which transformers and recurrent
/// networks need:
///
/// ```
/// y = (x - mean) / √(var + eps) · weight + bias
/// ```
///
/// The variance is the biased one. `weight`, which starts at 1, and `bias`, which starts at 0, have
/// the shape of the normalised axes.
///
/// Holds state, its parameters; several threads may call `forward` at once while nobody changes
/// them.
///
/// Source: Ba, Kiros, Hinton, "Layer normalization", 2016; `torch.nn.LayerNorm`.
public final class LayerNorm extends ShapedNorm {
  private final @Nullable Parameter weight;
  private final @Nullable Parameter bias;

  /// Over the last axes, which have these sizes; with weight and bias, `eps` 1e-5.
  public LayerNorm(int... normalized) {
    this(Shape.of(normalized), 1e-5, true, true);
  }

  /// Over the last axes.
  ///
  /// @param normalized the sizes of these axes
  /// @param eps what is added to the variance before its root
  /// @param affine whether there is a weight
  /// @param bias whether there is a bias, too; without a weight there is none
  public LayerNorm(Shape normalized, double eps, boolean affine, boolean bias) {
    super(normalized, eps);
    this.weight = affine ? ones() : null;
    this.bias = affine && bias ? zeros() : null;
  }

  @Override
  Variable normalized(Variable x) {
    return F.layerNorm(x, normalized(), weight, bias, eps());
  }

  @Override
  @Nullable Parameter scale() {
    return weight;
  }

  /// What the normalised numbers are multiplied by; null if there is none.
  public @Nullable Parameter weight() {
    return weight;
  }

  /// What is added to the normalised numbers; null if there is none.
  public @Nullable Parameter bias() {
    return bias;
  }

  @Override
  protected String settings() {
    return normalized()
        + (", eps=" + eps() + ", affine=" + (weight != null))
        + (weight != null && bias == null ? ", bias=false" : "");
  }
}
