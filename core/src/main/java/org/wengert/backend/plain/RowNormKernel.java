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

/// Norms of rows, one row at a time: a row stays in the cache from its first sum to its result.
/// Means and variances are sums in lanes, the variance of deviations from the mean, so that a large
/// mean cancels nothing.
///
/// The gradients of weight and bias are sums over rows, in blocks of a fixed number of rows.
final class RowNormKernel {
  private static final int BLOCK = 64;

  private static final Expr MEAN = Expr.scalar(0);
  private static final Expr SCALE = Expr.scalar(1);
  private static final Expr Y = Expr.input(0).sub(MEAN).mul(SCALE);

  private static final SumKernel SQUARES = new SumKernel(1, Expr.input(0).sub(MEAN).square());
  private static final Kernel PLAIN = Kernel.of(Y);
  private static final Kernel WEIGHTED = Kernel.of(Y.mul(Expr.input(1)));
  private static final Kernel SHIFTED = Kernel.of(Y.add(Expr.input(1)));
  private static final Kernel AFFINE = Kernel.of(Y.fma(Expr.input(1), Expr.input(2)));

  /// What the gradients of a row with or without weight need: see [#sums].
  private static final SumKernel[] SUMS = {
    sums(false, false), sums(false, true), sums(true, false), sums(true, true)
  };

  private static final Kernel SLOPE = slope(false);
  private static final Kernel WEIGHTED_SLOPE = slope(true);

  private final LoopCompiler loops;
  private final Folds folds;
  private final ReduceKernel reductions;

  RowNormKernel(LoopCompiler loops, Folds folds, ReduceKernel reductions) {
    this.loops = loops;
    this.folds = folds;
    this.reductions = reductions;
  }

  /// `Σ g` and `Σ g (x - mean)`, `g = gy weight`; with `slopes` the gradients of weight and bias
  /// are added to on the way. Inputs: `gy`, `x`, the gradients, the weight.
  private static SumKernel sums(boolean weighted, boolean slopes) {
    Expr gy = Expr.input(0);
    Expr deviation = Expr.input(1).sub(MEAN);
    Expr g = weighted ? gy.mul(Expr.input(slopes ? 4 : 2)) : gy;
    Expr product = g.mul(deviation);
    return slopes
        ? new SumKernel(
            2, gy.fma(deviation.mul(SCALE), Expr.input(2)), gy.add(Expr.input(3)), g, product)
        : new SumKernel(2, g, product);
  }

  /// `scale (g - a - b (x - mean))`.
  private static Kernel slope(boolean weighted) {
    Expr g = weighted ? Expr.input(0).mul(Expr.input(2)) : Expr.input(0);
    Expr deviation = Expr.input(1).sub(MEAN);
    Expr b = Expr.scalar(3);
    return Kernel.of(deviation.fma(b.neg(), g.sub(Expr.scalar(2))).mul(SCALE));
  }

  Normalization normalize(
      Tensor x, @Nullable Tensor weight, @Nullable Tensor bias, double eps, boolean centered) {
    Rows rows = new Rows(x.size(0), x.size(1));
    Tensor y = Tensor.empty(x.shape(), x.dtype());
    Tensor mean = Tensor.empty(Shape.of(rows.count()), x.dtype());
    Tensor variance = Tensor.empty(mean.shape(), x.dtype());
    Forward task = new Forward(rows.size(), x, y, mean, variance, weight, bias, eps, centered);
    rows.forEachPart(task::run);
    return new Normalization(y, mean, variance);
  }

  private final class Forward {
    private final int size;
    private final Span x;
    private final Span y;
    private final Span mean;
    private final Span variance;
    private final double eps;
    private final boolean centered;
    private final Loop result;
    private final Object[] arrays;
    private final int[] starts;

    Forward(
        int size,
        Tensor x,
        Tensor y,
        Tensor mean,
        Tensor variance,
        @Nullable Tensor weight,
        @Nullable Tensor bias,
        double eps,
        boolean centered) {
      this.size = size;
      this.x = Span.of(x);
      this.y = Span.of(y);
      this.mean = Span.of(mean);
      this.variance = Span.of(variance);
      this.eps = eps;
      this.centered = centered;
      Span[] affine = Span.ofAll(weight, bias);
      Kernel kernel = affine.length == 2 ? AFFINE : weight != null ? WEIGHTED : SHIFTED;
      this.result = (affine.length == 0 ? PLAIN : kernel).loop(loops, this.x.element(), 0);
      this.arrays = new Object[2 + affine.length];
      this.starts = new int[arrays.length];
      arrays[0] = this.y.array();
      arrays[1] = this.x.array();
      for (int k = 0; k < affine.length; k++) {
        arrays[2 + k] = affine[k].array();
        starts[2 + k] = affine[k].at();
      }
    }

    void run(int first, int end) {
      SumKernel.Run squares = SQUARES.run(loops, folds, x.element()).over(x.array());
      double[] scalars = new double[2];
      int[] at = starts.clone();
      for (int row = first; row < end; row++) {
        int from = x.at() + row * size;
        mean.put(row, centered ? folds.sum(x.array(), from, size) / size : 0);
        scalars[0] = mean.get(row);
        variance.put(row, squares.sum(size, scalars, from)[0] / size);
        scalars[1] = 1 / Math.sqrt(variance.get(row) + eps);
        at[0] = y.at() + row * size;
        at[1] = from;
        result.run(size, arrays, at, scalars);
      }
    }
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
    Rows rows = new Rows(x.size(0), x.size(1));
    Tensor gx = Tensor.empty(x.shape(), x.dtype());
    int blocks = slopes ? Math.ceilDiv(rows.count(), BLOCK) : 0;
    Shape parts = Shape.of(blocks, rows.size());
    Tensor forWeight = Tensor.zeros(parts, x.dtype());
    Tensor forBias = Tensor.zeros(parts, x.dtype());
    Span scale = weight == null ? null : Span.of(weight);
    boolean same = gy.stride(0) == 0; // as behind a sum: one row serves for all
    Backward task =
        new Backward(
            rows.size(),
            same ? 0 : rows.size(),
            new Span[] {
              Span.of(same ? gy.slice(0, 0, 1, 1) : gy),
              Span.of(x),
              Span.of(gx),
              Span.of(past.mean()),
              Span.of(past.variance())
            },
            scale,
            slopes ? new Span[] {Span.of(forWeight), Span.of(forBias)} : new Span[0],
            eps,
            centered);
    if (!slopes) {
      rows.forEachPart((first, end) -> task.run(first, end, 0));
      return new NormalizationGradients(gx, null, null);
    }
    new Rows(blocks, BLOCK * rows.size())
        .forEachPart(
            (first, end) -> {
              for (int i = first; i < end; i++) {
                task.run(i * BLOCK, Math.min((i + 1) * BLOCK, rows.count()), i);
              }
            });
    Shape row = Shape.of(rows.size());
    return new NormalizationGradients(
        gx,
        reductions.reduce(Reduction.SUM, forWeight, row),
        reductions.reduce(Reduction.SUM, forBias, row));
  }

  /// The gradients of some rows: `rows` are `gy`, `x`, the gradient of `x`, means and variances;
  /// `step` leads from one row of `gy` to the next; `slopes` are the gradients of weight and bias,
  /// a row for each block.
  private final class Backward {
    private final int size;
    private final int step;
    private final Span[] rows;
    private final @Nullable Span weight;
    private final Span[] slopes;
    private final double eps;
    private final boolean centered;

    Backward(
        int size,
        int step,
        Span[] rows,
        @Nullable Span weight,
        Span[] slopes,
        double eps,
        boolean centered) {
      this.size = size;
      this.step = step;
      this.rows = rows;
      this.weight = weight;
      this.slopes = slopes;
      this.eps = eps;
      this.centered = centered;
    }

    void run(int first, int end, int block) {
      Span gy = rows[0];
      Span x = rows[1];
      Span gx = rows[2];
      SumKernel kernel = SUMS[(weight == null ? 0 : 2) + (slopes.length == 0 ? 0 : 1)];
      SumKernel.Run sums = kernel.run(loops, folds, x.element()).over(arrays());
      int[] at = places(block);
      Loop slope = (weight == null ? SLOPE : WEIGHTED_SLOPE).loop(loops, x.element(), 0);
      Object[] arrays =
          weight == null
              ? new Object[] {gx.array(), gy.array(), x.array()}
              : new Object[] {gx.array(), gy.array(), x.array(), weight.array()};
      int[] slopeAt = new int[arrays.length];
      if (weight != null) {
        slopeAt[3] = weight.at();
      }
      double[] scalars = new double[4];
      for (int row = first; row < end; row++) {
        int start = row * size;
        scalars[0] = rows[3].get(row);
        scalars[1] = 1 / Math.sqrt(rows[4].get(row) + eps);
        at[at.length - inputs()] = gy.at() + row * step;
        at[at.length - inputs() + 1] = x.at() + start;
        double[] found = sums.sum(size, scalars, at);
        scalars[2] = centered ? found[0] / size : 0;
        scalars[3] = found[1] * scalars[1] * scalars[1] / size;
        slopeAt[0] = gx.at() + start;
        slopeAt[1] = gy.at() + row * step;
        slopeAt[2] = x.at() + start;
        slope.run(size, arrays, slopeAt, scalars);
      }
    }

    private int inputs() {
      return 2 + slopes.length + (weight == null ? 0 : 1);
    }

    /// The gradients as outputs, then `gy`, `x`, the gradients as inputs, the weight.
    private Object[] arrays() {
      Object[] arrays = new Object[slopes.length + inputs()];
      arrays[slopes.length] = rows[0].array();
      arrays[slopes.length + 1] = rows[1].array();
      for (int k = 0; k < slopes.length; k++) {
        arrays[k] = slopes[k].array();
        arrays[slopes.length + 2 + k] = slopes[k].array();
      }
      if (weight != null) {
        arrays[arrays.length - 1] = weight.array();
      }
      return arrays;
    }

    private int[] places(int block) {
      int[] at = new int[slopes.length + inputs()];
      for (int k = 0; k < slopes.length; k++) {
        at[k] = slopes[k].at() + block * size;
        at[slopes.length + 2 + k] = at[k];
      }
      if (weight != null) {
        at[at.length - 1] = weight.at();
      }
      return at;
    }
  }
}
