package org.wengert.nn;

import org.wengert.F;
import org.wengert.Variable;
import org.wengert.nn.Loss.Reduction;

/// With `c` the cosine of the angle between two vectors: `1 - c` where the target is 1, and
/// `max(0, c - margin)` where it is -1.
///
/// Immutable and thread-safe.
///
/// Source: `torch.nn.CosineEmbeddingLoss`.
///
/// @param margin the cosine that is small enough, from -1 to 1
/// @param reduction what becomes of the samples' losses
public record CosineEmbeddingLoss(double margin, Reduction reduction) {
  /// The mean over all samples, without a margin.
  public CosineEmbeddingLoss() {
    this(Reduction.MEAN);
  }

  /// With PyTorch's defaults and another reduction.
  public CosineEmbeddingLoss(Reduction reduction) {
    this(0, reduction);
  }

  /// This loss with another margin.
  public CosineEmbeddingLoss margin(double margin) {
    return new CosineEmbeddingLoss(margin, reduction);
  }

  /// The loss of pairs of vectors.
  ///
  /// @param a of shape `(samples, features)`, or `(features)`
  /// @param b of that shape
  /// @param target of shape `(samples)`, or a scalar
  /// @throws org.wengert.tensor.ShapeException if the shapes do not fit
  public Variable forward(Variable a, Variable b, Variable target) {
    return Losses.of(this, reduction, a, r -> F.cosineEmbeddingLoss(a, b, target, margin, r));
  }
}
