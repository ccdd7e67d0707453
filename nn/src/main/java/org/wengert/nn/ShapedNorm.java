package org.wengert.nn;

import org.jspecify.annotations.Nullable;
import org.wengert.Parameter;
import org.wengert.Variable;
import org.wengert.tensor.OptionException;
import org.wengert.tensor.Shape;
import org.wengert.tensor.Tensor;

/// What norms over the last axes share: the sizes of these axes, and their check.
abstract class ShapedNorm extends Watched {
  private final Shape normalized;
  private final double eps;

  ShapedNorm(Shape normalized, double eps) {
    if (normalized.rank() == 0 || normalized.count() == 0) {
      throw new OptionException(described() + " over axes of sizes " + normalized)
          .hint("name the sizes of the last axes, such as the number of features");
    }
    this.normalized = normalized;
    this.eps = eps;
  }

  /// The function of this layer.
  abstract Variable normalized(Variable x);

  /// The weight, if there is one.
  abstract @Nullable Parameter scale();

  @Override
  final Variable compute(Variable x) {
    int lead = x.rank() - normalized.rank();
    boolean fits = lead >= 0;
    for (int axis = 0; fits && axis < normalized.rank(); axis++) {
      fits = x.size(lead + axis) == normalized.size(axis);
    }
    if (!fits) {
      throw unexpected("last axes of sizes " + normalized, x)
          .hint("build the layer for the last axes of its input");
    }
    Parameter scale = scale();
    if (scale != null) {
      requireType(x, scale.dtype());
    }
    return normalized(x);
  }

  final Parameter ones() {
    return new Parameter(Tensor.ones(normalized.toArray())).named("weight");
  }

  final Parameter zeros() {
    return new Parameter(Tensor.zeros(normalized.toArray())).named("bias");
  }

  /// The sizes of the axes that are normalised, the last ones.
  public final Shape normalized() {
    return normalized;
  }

  final double eps() {
    return eps;
  }
}
