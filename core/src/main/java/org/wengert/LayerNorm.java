package org.wengert;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.wengert.backend.Backend;
import org.wengert.tensor.Shape;
import org.wengert.tensor.ShapeException;
import org.wengert.tensor.Tensor;

/// `(x - mean) / √(variance + eps) · weight + bias` over the last axes: layer norm, or without a
/// mean that is taken off, root mean square norm. With `z` what weight and bias are applied to and
/// `h = g weight`: `∂L/∂x = (h - mean h - z mean(h z)) / √(variance + eps)`. Fused because a row
/// stays in the cache: two passes over memory instead of more than twenty.
///
/// @param normalized the sizes of the last axes, and the shape of weight and bias
/// @param centered whether the mean is taken off
/// @param weighted whether the second operand is a weight
/// @param biased whether the last operand is a bias
record LayerNorm(Shape normalized, boolean centered, boolean weighted, boolean biased, double eps)
    implements Op.Fused {
  @Override
  public String formula() {
    return Norms.formula(weighted, biased, centered);
  }

  @Override
  public String derivative(int input) {
    return Norms.derivative(input, weighted, centered);
  }

  @Override
  public String label() {
    return centered ? "layerNorm" : "rmsNorm";
  }

  @Override
  public Shape infer(List<Shape> xs) {
    Shape x = xs.getFirst();
    int lead = x.rank() - normalized.rank();
    boolean fits = lead >= 0;
    for (int axis = 0; fits && axis < normalized.rank(); axis++) {
      fits = x.size(lead + axis) == normalized.size(axis);
    }
    if (!fits || x.count() == 0) {
      throw new ShapeException("the last axes of " + x + " are not " + normalized)
          .hint("name the sizes of the axes that are normalized, the last ones; none is 0");
    }
    for (Shape operand : xs.subList(1, xs.size())) {
      if (!operand.equals(normalized)) {
        throw new ShapeException("a weight or bias of shape " + operand)
            .hint("it must have shape " + normalized);
      }
    }
    return x;
  }

  private Tensor rows(Tensor x) {
    int size = normalized.count();
    return x.reshape(Shape.of(x.count() / size, size));
  }

  private @Nullable Tensor weight(List<Tensor> xs) {
    return weighted ? xs.get(1).reshape(Shape.of(normalized.count())) : null;
  }

  @Override
  public Computed compute(Backend kernels, List<Tensor> xs, Shape y) {
    Tensor bias = biased ? xs.getLast().reshape(Shape.of(normalized.count())) : null;
    Backend.Normalization found =
        kernels.normalizeRows(rows(xs.getFirst()), weight(xs), bias, eps, centered);
    return new Computed(found.y().reshape(y), found.mean(), found.variance());
  }

  @Override
  public List<@Nullable Tensor> derivatives(Backend kernels, Past past) {
    List<Tensor> xs = past.xs();
    Backend.Normalization found =
        new Backend.Normalization(past.y(), past.saved()[0], past.saved()[1]);
    boolean[] wanted = past.wanted();
    boolean slopes = wanted.length > 1 && (wanted[1] || wanted[wanted.length - 1]);
    Backend.NormalizationGradients gradients =
        kernels.normalizeRowsGradients(
            rows(past.gy()), rows(xs.getFirst()), weight(xs), found, eps, centered, slopes);
    List<@Nullable Tensor> shaped = new ArrayList<>();
    shaped.add(gradients.x().reshape(past.y().shape()));
    if (weighted) {
      shaped.add(shaped(gradients.weight()));
    }
    if (biased) {
      shaped.add(shaped(gradients.bias()));
    }
    return shaped;
  }

  private @Nullable Tensor shaped(@Nullable Tensor gradient) {
    return gradient == null ? null : gradient.reshape(normalized);
  }

  @Override
  public Variable compose(List<Variable> xs) {
    Variable x = xs.getFirst();
    int[] axes = new int[normalized.rank()];
    Arrays.setAll(axes, i -> x.rank() - normalized.rank() + i);
    Variable deviation = centered ? x.sub(F.mean(x, true, axes)) : x;
    Variable y = deviation.div(F.mean(deviation.square(), true, axes).add(eps).sqrt());
    Variable scaled = weighted ? y.mul(xs.get(1)) : y;
    return biased ? scaled.add(xs.getLast()) : scaled;
  }
}
