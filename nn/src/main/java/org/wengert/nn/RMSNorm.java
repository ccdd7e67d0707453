package org.wengert.nn;

import org.jspecify.annotations.Nullable;
import org.wengert.F;
import org.wengert.Parameter;
import org.wengert.Variable;
import org.wengert.tensor.DType;
import org.wengert.tensor.Shape;

/// The last axes of each sample divided by the root of their mean square, then scaled by numbers
/// that are learned: a [LayerNorm] without a mean, which costs less and does as well:
///
/// ```
/// y = x / √(mean(x²) + eps) · weight
/// ```
///
/// `weight`, which starts at 1, has the shape of the normalised axes.
///
/// Holds state, its parameter; several threads may call `forward` at once while nobody changes it.
///
/// Source: Zhang, Sennrich, "Root mean square layer normalization", 2019; `torch.nn.RMSNorm`.
public final class RMSNorm extends ShapedNorm {
  private final @Nullable Parameter weight;

  /// Over the last axes, which have these sizes; with a weight, `eps` being the distance from 1 to
  /// the next number of the input's type.
  public RMSNorm(int... normalized) {
    this(Shape.of(normalized), 0, true);
  }

  /// Over the last axes.
  ///
  /// @param normalized the sizes of these axes
  /// @param eps what is added to the mean square before its root; 0 means the distance from 1 to
  ///     the next number of the input's type
  /// @param affine whether there is a weight
  public RMSNorm(Shape normalized, double eps, boolean affine) {
    super(normalized, eps);
    weight = affine ? ones() : null;
  }

  @Override
  Variable normalized(Variable x) {
    double usual = x.dtype() == DType.FLOAT32 ? Math.ulp(1f) : Math.ulp(1.0);
    return F.rmsNorm(x, normalized(), weight, eps() == 0 ? usual : eps());
  }

  @Override
  @Nullable Parameter scale() {
    return weight;
  }

  /// What the normalised numbers are multiplied by; null if there is none.
  public @Nullable Parameter weight() {
    return weight;
  }

  @Override
  protected String settings() {
    return normalized()
        + ", eps="
        + (eps() == 0 ? "that of the type" : eps())
        + ", affine="
        + (weight != null);
  }
}
