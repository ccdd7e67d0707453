package org.wengert;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.wengert.backend.Backend;
import org.wengert.tensor.Shape;
import org.wengert.tensor.ShapeException;
import org.wengert.tensor.Tensor;

/// `(x - mean) / √(variance + eps) · weight + bias`, weight and bias one number for each channel:
/// batch norm, whose statistics are those of a channel in all samples, and group norm, with those
/// of a group of channels of one sample. The derivative is that of [LayerNorm]. Fused because the
/// planes of a channel stay in the cache: a pass over memory in each direction instead of twenty.
///
/// @param groups how many groups the channels are divided into; 0 for batch norm
/// @param weighted whether the second operand is a weight
/// @param biased whether the last operand is a bias
record ChannelNorm(int groups, boolean weighted, boolean biased, double eps) implements Op.Fused {
  @Override
  public String formula() {
    return Norms.formula(weighted, biased, true);
  }

  @Override
  public String derivative(int input) {
    return Norms.derivative(input, weighted, true);
  }

  @Override
  public String label() {
    return groups == 0 ? "batchNorm" : "groupNorm";
  }

  @Override
  public Shape infer(List<Shape> xs) {
    Shape x = xs.getFirst();
    if (x.rank() < 2 || x.count() == 0) {
      throw new ShapeException("an operand of shape " + x)
          .hint("its first axes are samples and channels; none is 0");
    }
    if (groups != 0 && x.size(1) % groups != 0) {
      throw new ShapeException(x.size(1) + " channels do not divide into " + groups + " groups")
          .hint("the channels, axis 1, must be a multiple of the groups");
    }
    for (Shape operand : xs.subList(1, xs.size())) {
      if (!operand.equals(Shape.of(x.size(1)))) {
        throw new ShapeException("a weight or bias of shape " + operand)
            .hint("it must have shape " + Shape.of(x.size(1)));
      }
    }
    return x;
  }

  private static Tensor planes(Tensor x) {
    int size = x.count() / x.size(0) / x.size(1);
    return x.reshape(Shape.of(x.size(0), x.size(1), size));
  }

  private @Nullable Tensor weight(List<Tensor> xs) {
    return weighted ? xs.get(1) : null;
  }

  @Override
  public Computed compute(Backend kernels, List<Tensor> xs, Shape y) {
    Tensor bias = biased ? xs.getLast() : null;
    Backend.Normalization found =
        kernels.normalizePlanes(planes(xs.getFirst()), weight(xs), bias, groups, eps);
    return new Computed(found.y().reshape(y), found.mean(), found.variance());
  }

  @Override
  public List<@Nullable Tensor> derivatives(Backend kernels, Past past) {
    List<Tensor> xs = past.xs();
    Backend.Normalization found =
        new Backend.Normalization(past.y(), past.saved()[0], past.saved()[1]);
    Backend.NormalizationGradients gradients =
        kernels.normalizePlanesGradients(
            planes(past.gy()), planes(xs.getFirst()), weight(xs), found, groups, eps);
    List<@Nullable Tensor> shaped = new ArrayList<>();
    shaped.add(gradients.x().reshape(past.y().shape()));
    if (weighted) {
      shaped.add(gradients.weight());
    }
    if (biased) {
      shaped.add(gradients.bias());
    }
    return shaped;
  }

  @Override
  public Variable compose(List<Variable> xs) {
    Variable x = xs.getFirst();
    Shape shape = x.shape();
    int sets = groups == 0 ? 1 : groups;
    Variable grouped =
        groups == 0 ? x : x.reshape(Shape.of(x.size(0), sets, shape.with(0, 1).count() / sets));
    int[] axes = groups == 0 ? allBut1(x.rank()) : new int[] {2};
    Variable deviation = grouped.sub(F.mean(grouped, true, axes));
    Variable variance = F.mean(deviation.square(), true, axes);
    Variable y = deviation.div(variance.add(eps).sqrt()).reshape(shape);
    Variable scaled = weighted ? y.mul(aligned(xs.get(1), x.rank())) : y;
    return biased ? scaled.add(aligned(xs.getLast(), x.rank())) : scaled;
  }

  private static int[] allBut1(int rank) {
    int[] axes = new int[rank - 1];
    Arrays.setAll(axes, i -> i == 0 ? 0 : i + 1);
    return axes;
  }

  /// One number for each channel, in the place of axis 1.
  static Variable aligned(Variable channels, int rank) {
    int[] sizes = new int[rank - 1];
    Arrays.fill(sizes, 1);
    sizes[0] = channels.size(0);
    return channels.reshape(Shape.of(sizes));
  }
}
