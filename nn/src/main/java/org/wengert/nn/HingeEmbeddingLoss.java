package org.wengert.nn;

import org.wengert.F;
import org.wengert.Variable;

/// `x` where the target is 1, `max(0, margin - x)` where it is -1: pulls the distances `x` of
/// pairs that are alike to 0, and pushes others apart.
///
/// Immutable and thread-safe.
///
/// Source: `torch.nn.HingeEmbeddingLoss`.
///
/// @param margin the distance that is enough for a pair that is not alike
/// @param reduction what becomes of the elements' losses
public record HingeEmbeddingLoss(double margin, Reduction reduction) implements Loss {
  /// The mean over all elements, with margin 1.
  public HingeEmbeddingLoss() {
    this(Reduction.MEAN);
  }

  /// With PyTorch's defaults and another reduction.
  public HingeEmbeddingLoss(Reduction reduction) {
    this(1, reduction);
  }

  /// This loss with another margin.
  public HingeEmbeddingLoss margin(double margin) {
    return new HingeEmbeddingLoss(margin, reduction);
  }

  /// The loss of distances against 1 and -1.
  ///
  /// @throws org.wengert.tensor.ShapeException if the shapes differ
  @Override
  public Variable forward(Variable input, Variable target) {
    return Losses.of(this, reduction, input, r -> F.hingeEmbeddingLoss(input, target, margin, r));
  }
}
