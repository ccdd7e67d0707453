package org.wengert.nn;

import org.wengert.F;
import org.wengert.Variable;

/// `|a - b + eps|` in the norm `p`, the distance of two vectors in the last axis; `eps` is added to
/// every component so that equal vectors have a gradient.
///
/// Several threads may call `forward` at once.
///
/// Source: `torch.nn.PairwiseDistance`.
public final class PairwiseDistance extends PairLayer {
  private final double p;
  private final double eps;
  private final boolean keepAxis;

  /// The Euclidean distance, with `eps` 1e-6.
  public PairwiseDistance() {
    this(2, 1e-6, false);
  }

  /// In the norm `p`.
  ///
  /// @param keepAxis whether the last axis stays, with size 1
  public PairwiseDistance(double p, double eps, boolean keepAxis) {
    this.p = p;
    this.eps = eps;
    this.keepAxis = keepAxis;
  }

  @Override
  Variable compute(Variable a, Variable b) {
    return F.pairwiseDistance(a, b, p, eps, keepAxis);
  }

  @Override
  protected String settings() {
    return "p=" + p + ", eps=" + eps + (keepAxis ? ", keepAxis=true" : "");
  }
}
