package org.wengert.backend.plain;

import org.jspecify.annotations.Nullable;
import org.wengert.backend.Backend.Normalization;
import org.wengert.backend.Backend.NormalizationGradients;
import org.wengert.backend.Element;
import org.wengert.backend.Folds;
import org.wengert.backend.Reduction;
import org.wengert.tensor.Shape;
import org.wengert.tensor.Tensor;

/// Norms of rows, one row at a time: a row stays in the cache from its first sum to its result.
/// Means and variances are sums in lanes, the variance of deviations from the mean, so that a large
/// mean cancels nothing.
///
/// The gradients of weight and bias are sums over rows, in blocks of a fixed number of rows.
final class RowNormKernel {
  private static final int BLOCK = 64;

  private final RowNorm floats;
  private final RowNorm doubles;
  private final ReduceKernel reductions;

  RowNormKernel(Folds folds, ReduceKernel reductions) {
    this.floats = new FloatRowNorm(folds);
    this.doubles = new DoubleRowNorm(folds);
    this.reductions = reductions;
  }

  private RowNorm loops(Span x) {
    return x.element() == Element.FLOAT ? floats : doubles;
  }

  Normalization normalize(
      Tensor x, @Nullable Tensor weight, @Nullable Tensor bias, double eps, boolean centered) {
    Rows rows = new Rows(x.size(0), x.size(1));
    Normalization to =
        new Normalization(
            Tensor.empty(x.shape(), x.dtype()),
            Tensor.empty(Shape.of(rows.count()), x.dtype()),
            Tensor.empty(Shape.of(rows.count()), x.dtype()));
    RowNorm.Job job = job(x, weight, to, eps, centered);
    Span y = Span.of(to.y());
    Object shift = Span.row(bias, job.x().element(), job.size(), -0.0);
    RowNorm loops = loops(y);
    rows.forEachPart((first, end) -> loops.normalize(job, y, shift, first, end));
    return to;
  }

  private static RowNorm.Job job(
      Tensor x, @Nullable Tensor weight, Normalization past, double eps, boolean centered) {
    Span rows = Span.of(x);
    return new RowNorm.Job(
        x.size(1),
        rows,
        Span.of(past.mean()),
        Span.of(past.variance()),
        Span.row(weight, rows.element(), x.size(1), 1),
        eps,
        centered);
  }

  /// @param slopes whether the gradients of weight and bias are wanted
  NormalizationGradients gradients(
      Tensor gy,
      Tensor x,
      @Nullable Tensor weight,
      Normalization past,
      double eps,
      boolean centered,
      boolean slopes) {
    RowNorm.Job job = job(x, weight, past, eps, centered);
    Tensor gx = Tensor.empty(x.shape(), x.dtype());
    Span to = Span.of(gx);
    boolean same = gy.stride(0) == 0; // as behind a sum: one row serves for all
    Span from = Span.of(same ? gy.slice(0, 0, 1, 1) : gy);
    int step = same ? 0 : job.size();
    if (slopes) {
      return withSlopes(job, from, step, gx, x.size(0));
    }
    RowNorm loops = loops(to);
    new Rows(x.size(0), job.size())
        .forEachPart((first, end) -> loops.gradients(job, from, step, to, null, first, end));
    return new NormalizationGradients(gx, null, null);
  }

  /// Block by block, each with gradients of weight and bias of its own.
  private NormalizationGradients withSlopes(
      RowNorm.Job job, Span gy, int step, Tensor gx, int rows) {
    int size = job.size();
    int blocks = Math.ceilDiv(rows, BLOCK);
    Tensor forWeight = Tensor.zeros(Shape.of(blocks, size), gx.dtype());
    Tensor forBias = Tensor.zeros(Shape.of(blocks, size), gx.dtype());
    Span weight = Span.of(forWeight);
    Span bias = Span.of(forBias);
    Span to = Span.of(gx);
    RowNorm loops = loops(to);
    new Rows(blocks, BLOCK * size)
        .forEachPart(
            (first, end) -> {
              for (int i = first; i < end; i++) {
                RowNorm.Slopes slopes = new RowNorm.Slopes(weight, bias, i * size);
                int last = Math.min((i + 1) * BLOCK, rows);
                loops.gradients(job, gy, step, to, slopes, i * BLOCK, last);
              }
            });
    Shape row = Shape.of(size);
    return new NormalizationGradients(
        gx,
        reductions.reduce(Reduction.SUM, forWeight, row),
        reductions.reduce(Reduction.SUM, forBias, row));
  }
}
