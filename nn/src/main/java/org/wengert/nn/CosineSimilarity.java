package org.wengert.nn;

import org.wengert.F;
import org.wengert.Variable;

/// `a · b / (|a| |b|)`, the cosine of the angle between two vectors along an axis: 1 in the same
/// direction, 0 at right angles, -1 in opposite ones. Lengths below `eps` count as `eps`.
///
/// Several threads may call `forward` at once.
///
/// Source: `torch.nn.CosineSimilarity`.
public final class CosineSimilarity extends PairLayer {
  private final int axis;
  private final double eps;

  /// Along axis 1, with `eps` 1e-8.
  public CosineSimilarity() {
    this(1, 1e-8);
  }

  /// Along the given axis.
  ///
  /// @param eps the least length, which keeps the zero vector finite
  public CosineSimilarity(int axis, double eps) {
    this.axis = axis;
    this.eps = eps;
  }

  @Override
  Variable compute(Variable a, Variable b) {
    return F.cosineSimilarity(a, b, axis, eps);
  }

  @Override
  protected String settings() {
    return "axis=" + axis + ", eps=" + eps;
  }
}
