package org.wengert.backend.plain;

import org.jspecify.annotations.Nullable;
import org.wengert.backend.Backend.Normalization;
import org.wengert.backend.Backend.NormalizationGradients;
import org.wengert.backend.Element;
import org.wengert.backend.Folds;
import org.wengert.backend.Reduction;
import org.wengert.tensor.Shape;
import org.wengert.tensor.Tensor;

/// Norms of planes that share statistics: one channel's planes in all samples, or a group of a
/// sample's channels. The planes of a set are visited one after the other, for the mean, for the
/// variance and for the result; meanwhile they stay in the cache, and each set may have its own
/// thread. The sums of planes are summed up in the order of [Folds#sum].
final class PlaneNormKernel {
  private final PlaneNorm floats;
  private final PlaneNorm doubles;
  private final ReduceKernel reductions;

  PlaneNormKernel(Folds folds, ReduceKernel reductions) {
    this.floats = new FloatPlaneNorm(folds);
    this.doubles = new DoublePlaneNorm(folds);
    this.reductions = reductions;
  }

  private PlaneNorm loops(Span x) {
    return x.element() == Element.FLOAT ? floats : doubles;
  }

  Normalization normalize(
      Tensor x, @Nullable Tensor weight, @Nullable Tensor bias, int groups, double eps) {
    PlaneSets sets = PlaneSets.of(x, groups);
    Normalization to =
        new Normalization(
            Tensor.empty(x.shape(), x.dtype()),
            Tensor.empty(Shape.of(sets.count()), x.dtype()),
            Tensor.empty(Shape.of(sets.count()), x.dtype()));
    PlaneNorm.Job job = job(sets, x, to, eps);
    Span y = Span.of(to.y());
    PlaneNorm.Affine affine =
        new PlaneNorm.Affine(channels(weight, job, 1), channels(bias, job, 0));
    PlaneNorm loops = loops(y);
    sets.forEachPart((first, end) -> loops.normalize(job, y, affine, first, end));
    return to;
  }

  private static PlaneNorm.Job job(PlaneSets sets, Tensor x, Normalization past, double eps) {
    return new PlaneNorm.Job(sets, Span.of(x), Span.of(past.mean()), Span.of(past.variance()), eps);
  }

  /// A number of each channel, `otherwise` if there is no tensor.
  private static Span channels(@Nullable Tensor x, PlaneNorm.Job job, double otherwise) {
    Element element = job.x().element();
    return new Span(Span.row(x, element, job.sets().channels(), otherwise), 0, element);
  }

  NormalizationGradients gradients(
      Tensor gy, Tensor x, @Nullable Tensor weight, Normalization past, int groups, double eps) {
    PlaneSets sets = PlaneSets.of(x, groups);
    Tensor gx = Tensor.empty(x.shape(), x.dtype());
    Shape planes = Shape.of(x.size(0), sets.channels());
    Tensor bias = Tensor.empty(planes, x.dtype());
    Tensor slope = Tensor.empty(planes, x.dtype());
    PlaneNorm.Job job = job(sets, x, past, eps);
    Span from = Span.of(gy);
    Span weights = channels(weight, job, 1);
    PlaneNorm.Gradients to = new PlaneNorm.Gradients(Span.of(gx), Span.of(slope), Span.of(bias));
    PlaneNorm loops = loops(from);
    sets.forEachPart((first, end) -> loops.gradients(job, from, weights, to, first, end));
    Shape channels = Shape.of(sets.channels());
    return new NormalizationGradients(
        gx,
        reductions.reduce(Reduction.SUM, slope, channels),
        reductions.reduce(Reduction.SUM, bias, channels));
  }
}
