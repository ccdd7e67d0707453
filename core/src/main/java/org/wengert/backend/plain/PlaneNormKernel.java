package org.wengert.backend.plain;

import org.jspecify.annotations.Nullable;
import org.wengert.backend.Backend.Normalization;
import org.wengert.backend.Backend.NormalizationGradients;
import org.wengert.backend.Expr;
import org.wengert.backend.Folds;
import org.wengert.backend.Kernel;
import org.wengert.backend.Loop;
import org.wengert.backend.LoopCompiler;
import org.wengert.backend.Reduction;
import org.wengert.tensor.Shape;
import org.wengert.tensor.Tensor;

/// Norms of planes that share statistics: one channel's planes in all samples, or a group of a
/// sample's channels. The planes of a set are visited one after the other, for the mean, for the
/// variance and for the result; meanwhile they stay in the cache, and each set may have its own
/// thread. The sums of planes are summed up in the order of [Folds#sum].
final class PlaneNormKernel {
  private static final int IN_CACHE = 1 << 17;

  private static final Expr MEAN = Expr.scalar(0);
  private static final SumKernel SQUARES = new SumKernel(1, Expr.input(0).sub(MEAN).square());
  private static final Kernel RESULT =
      Kernel.of(Expr.input(0).sub(MEAN).fma(Expr.scalar(1), Expr.scalar(2)));
  private static final SumKernel SUMS =
      new SumKernel(2, Expr.input(0), Expr.input(0).mul(Expr.input(1).sub(MEAN)));

  /// `a gy - (b (x - mean) + c)`.
  private static final Kernel SLOPE =
      Kernel.of(
          Expr.input(0)
              .mul(Expr.scalar(1))
              .sub(Expr.input(1).sub(MEAN).fma(Expr.scalar(2), Expr.scalar(3))));

  private final LoopCompiler loops;
  private final Folds folds;
  private final ReduceKernel reductions;

  PlaneNormKernel(LoopCompiler loops, Folds folds, ReduceKernel reductions) {
    this.reductions = reductions;
    this.loops = loops;
    this.folds = folds;
  }

  /// What is done with a plane.
  private interface Visit {
    /// @param place the plane's place among those of the sets that are visited, set by set
    void at(int set, int plane, int place);
  }

  /// Which planes belong together.
  ///
  /// @param count the number of sets
  /// @param planes the planes of each
  /// @param step from one plane of a set to its next, in planes
  /// @param size the numbers of a plane
  private record Sets(int count, int planes, int step, int channels, int size) {
    static Sets of(Tensor x, int groups) {
      int samples = x.size(0);
      int channels = x.size(1);
      return groups == 0
          ? new Sets(channels, samples, channels, channels, x.size(2))
          : new Sets(samples * groups, channels / groups, 1, channels, x.size(2));
    }

    int channel(int plane) {
      return plane % channels;
    }

    int numbers() {
      return planes * size;
    }

    /// Does all sets, on several threads if there are many. Neighbours are done together as far as
    /// they fit into the cache: their planes lie one behind the other.
    void forEachPart(Rows.Part part) {
      int together = Math.clamp(IN_CACHE / numbers(), 1, Math.ceilDiv(count, 8));
      new Rows(Math.ceilDiv(count, together), together * numbers())
          .forEachPart(
              (first, end) -> {
                for (int i = first; i < end; i++) {
                  part.run(i * together, Math.min(count, (i + 1) * together));
                }
              });
    }

    /// Visits the planes of some sets in the order in which they are stored, and so those of each
    /// set in their order.
    void forEachPlane(int first, int end, Visit visit) {
      if (step == 1) {
        for (int set = first; set < end; set++) {
          for (int i = 0; i < planes; i++) {
            visit.at(set, set * planes + i, (set - first) * planes + i);
          }
        }
      } else {
        for (int i = 0; i < planes; i++) {
          for (int set = first; set < end; set++) {
            visit.at(set, set + i * step, (set - first) * planes + i);
          }
        }
      }
    }
  }

  Normalization normalize(
      Tensor x, @Nullable Tensor weight, @Nullable Tensor bias, int groups, double eps) {
    Sets sets = Sets.of(x, groups);
    Tensor y = Tensor.empty(x.shape(), x.dtype());
    Tensor mean = Tensor.empty(Shape.of(sets.count), x.dtype());
    Tensor variance = Tensor.empty(mean.shape(), x.dtype());
    Affine affine = Affine.of(weight, bias);
    Spans spans = new Spans(Span.of(x), Span.of(y), Span.of(mean), Span.of(variance));
    sets.forEachPart((first, end) -> normalize(sets, spans, affine, eps, first, end));
    return new Normalization(y, mean, variance);
  }

  private record Spans(Span x, Span y, Span mean, Span variance) {}

  private record Affine(@Nullable Span weight, @Nullable Span bias) {
    static Affine of(@Nullable Tensor weight, @Nullable Tensor bias) {
      return new Affine(
          weight == null ? null : Span.of(weight), bias == null ? null : Span.of(bias));
    }

    double weight(int channel) {
      return weight == null ? 1 : weight.get(channel);
    }

    double bias(int channel) {
      return bias == null ? 0 : bias.get(channel);
    }
  }

  private void normalize(Sets sets, Spans to, Affine affine, double eps, int first, int end) {
    Span x = to.x;
    SumKernel.Run squares = SQUARES.run(loops, folds, x.element()).over(x.array());
    Loop result = RESULT.loop(loops, x.element(), 0);
    Object[] arrays = {to.y.array(), x.array()};
    Span sums = Span.room(x.element(), (end - first) * sets.planes);
    double[] scalars = new double[3];
    sets.forEachPlane(
        first,
        end,
        (set, plane, place) ->
            sums.put(place, folds.sum(x.array(), x.at() + plane * sets.size, sets.size)));
    means(sets, sums, to.mean, first, end);
    sets.forEachPlane(
        first,
        end,
        (set, plane, place) -> {
          scalars[0] = to.mean.get(set);
          sums.put(place, squares.sum(sets.size, scalars, x.at() + plane * sets.size)[0]);
        });
    means(sets, sums, to.variance, first, end);
    sets.forEachPlane(
        first,
        end,
        (set, plane, place) -> {
          int channel = sets.channel(plane);
          int start = plane * sets.size;
          scalars[0] = to.mean.get(set);
          scalars[1] = affine.weight(channel) / Math.sqrt(to.variance.get(set) + eps);
          scalars[2] = affine.bias(channel);
          result.run(sets.size, arrays, new int[] {to.y.at() + start, x.at() + start}, scalars);
        });
  }

  /// The sums of the planes of each set, joined and divided by the number of elements.
  private void means(Sets sets, Span sums, Span means, int first, int end) {
    for (int set = first; set < end; set++) {
      double sum = folds.sum(sums.array(), (set - first) * sets.planes, sets.planes);
      means.put(set, sum / sets.numbers());
    }
  }

  NormalizationGradients gradients(
      Tensor gy, Tensor x, @Nullable Tensor weight, Normalization past, int groups, double eps) {
    Sets sets = Sets.of(x, groups);
    Tensor gx = Tensor.empty(x.shape(), x.dtype());
    Shape planes = Shape.of(x.size(0), sets.channels);
    Tensor bias = Tensor.empty(planes, x.dtype());
    Tensor slope = Tensor.empty(planes, x.dtype());
    Spans from = new Spans(Span.of(x), Span.of(gy), Span.of(past.mean()), Span.of(past.variance()));
    Parts to = new Parts(Span.of(gx), Span.of(slope), Span.of(bias));
    Affine affine = Affine.of(weight, null);
    sets.forEachPart((first, end) -> gradients(sets, from, affine, to, eps, first, end));
    Shape channels = Shape.of(sets.channels);
    return new NormalizationGradients(
        gx,
        reductions.reduce(Reduction.SUM, slope, channels),
        reductions.reduce(Reduction.SUM, bias, channels));
  }

  /// The gradient of `x`, and what each plane gives to those of weight and bias.
  private record Parts(Span gx, Span weight, Span bias) {}

  private void gradients(
      Sets sets, Spans from, Affine affine, Parts to, double eps, int first, int end) {
    Span x = from.x;
    Span gy = from.y;
    SumKernel.Run sums = SUMS.run(loops, folds, x.element()).over(gy.array(), x.array());
    Loop slope = SLOPE.loop(loops, x.element(), 0);
    Object[] arrays = {to.gx.array(), gy.array(), x.array()};
    double[] scalars = new double[4];
    double[] sum = new double[end - first];
    double[] product = new double[end - first];
    sets.forEachPlane(
        first,
        end,
        (set, plane, place) -> {
          int start = plane * sets.size;
          scalars[0] = from.mean.get(set);
          double[] found = sums.sum(sets.size, scalars, gy.at() + start, x.at() + start);
          to.bias.put(plane, found[0]);
          to.weight.put(plane, found[1] / Math.sqrt(from.variance.get(set) + eps));
          double weight = affine.weight(sets.channel(plane));
          sum[set - first] += weight * found[0];
          product[set - first] += weight * found[1];
        });
    sets.forEachPlane(
        first,
        end,
        (set, plane, place) -> {
          double scale = 1 / Math.sqrt(from.variance.get(set) + eps);
          int start = plane * sets.size;
          scalars[0] = from.mean.get(set);
          scalars[1] = scale * affine.weight(sets.channel(plane));
          scalars[2] = scale * scale * scale * product[set - first] / sets.numbers();
          scalars[3] = scale * sum[set - first] / sets.numbers();
          int[] at = {to.gx.at() + start, gy.at() + start, x.at() + start};
          slope.run(sets.size, arrays, at, scalars);
        });
  }
}
