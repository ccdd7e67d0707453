package org.wengert.backend;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.wengert.tensor.DType;
import org.wengert.tensor.Shape;
import org.wengert.tensor.Tensor;

/// The list of kernels: everything that computes numbers. [ScalarBackend] is the specification;
/// another backend may be faster and must give the same results.
///
/// Kernels take any strided view, never write to an operand (except [#accumulate] and [#update],
/// which say so) and return a fresh tensor. Shapes are checked by the operations that call them, so
/// a kernel may rely on what its documentation demands. Implementations are stateless and
/// thread-safe.
public interface Backend {
  /// What compiles the loops of a [Kernel].
  LoopCompiler loops();

  /// The inner loops of reductions, for kernels that reduce parts of arrays.
  Folds folds();

  /// `y[i] = f(x[i])` in the floating type of `x` (`FLOAT32` for integers).
  Tensor map(ScalarFunction f, Tensor x);

  /// `y[i] = f(x[i])` in the floating type of `x` (`FLOAT32` for integers), or as `BOOL` if
  /// `f` is a truth.
  Tensor map(Kernel f, double[] scalars, Tensor x);

  /// `y[i] = f(a[i], b[i])` in the type `compute`, which is floating, or as `BOOL` if `f` is a
  /// truth. Both broadcast to `y`.
  Tensor zip(Kernel f, double[] scalars, Tensor a, Tensor b, Shape y, DType compute);

  /// Overwrites all elements of the outputs of `f`, **in place**: tensors of one shape, without
  /// gaps, of the type `compute`, or `BOOL`. The inputs broadcast to that shape and have that type,
  /// or are `BOOL`; an output may be an input.
  void compute(Kernel f, double[] scalars, DType compute, Tensor[] ys, Tensor... xs);

  /// `y[i] = f(x[i])` in the integral or boolean type of `x`.
  Tensor mapLongs(LongFunction f, Tensor x);

  /// `y[i] = f(a[i], b[i])` in the type `compute`, which is floating. Both broadcast to `y`.
  Tensor zip(ScalarFunction2 f, Tensor a, Tensor b, Shape y, DType compute);

  /// `y[i] = f(a[i], b[i])` in the type `compute`, which is integral or boolean. Both broadcast to
  /// `y`.
  Tensor zipLongs(LongFunction2 f, Tensor a, Tensor b, Shape y, DType compute);

  /// `y[i] = test(a[i], b[i])` as `BOOL`; both broadcast to `y`. Integers are compared exactly.
  Tensor compare(Comparison test, Tensor a, Tensor b, Shape y);

  /// `y[i] = condition[i] ? a[i] : b[i]` in the promoted type of `a` and `b`; all three broadcast
  /// to `y`.
  Tensor where(Tensor condition, Tensor a, Tensor b, Shape y);

  /// Folds `x` down to the shape `to`, which must broadcast to the shape of `x`. Sums of integers
  /// and booleans are `INT64`. The order of the fold is fixed by the shapes and strides alone.
  Tensor reduce(Reduction how, Tensor x, Shape to);

  /// The index of the largest element along an axis, the first of equals (a `NaN` counts as the
  /// largest): `INT64`, with the axis kept at size 1. The axis must not be empty.
  Tensor argMax(Tensor x, int axis);

  /// The index of the smallest element along an axis, the first of equals (a `NaN` counts as the
  /// smallest): `INT64`, with the axis kept at size 1. The axis must not be empty.
  Tensor argMin(Tensor x, int axis);

  /// Running sums along an axis, from its end if `reversed`; of integers and booleans `INT64`.
  Tensor cumSum(Tensor x, int axis, boolean reversed);

  /// `y[i] = a[i] y[i - 1] + b[i]` along an axis, or with `y[i + 1]` from its end if `reversed`;
  /// `y[i] = b[i]` where `starts[i]` is true, as it must be where the walk begins.
  Tensor recurrence(Tensor a, Tensor b, int axis, boolean reversed, Tensor starts);

  /// `log Σ exp x[j]` over all `j <= i` along an axis.
  Tensor logCumSumExp(Tensor x, int axis);

  /// The index of the largest element up to each place of an axis (of the smallest if `least`), the
  /// last of equals; a `NaN` beats every number: `INT64`.
  Tensor cumulativeArgMax(Tensor x, int axis, boolean least);

  /// The indices that sort along an axis, stable, `NaN` counted as the largest: `INT64`.
  Tensor argSort(Tensor x, int axis, boolean descending);

  /// Where each value would be inserted into the sorted innermost axis: `INT64`. The axes in front
  /// are equal.
  ///
  /// @param right behind elements equal to the value, instead of before them
  Tensor searchSorted(Tensor sorted, Tensor values, boolean right);

  /// `x` with each `source` element folded into the place that `index` names along `axis`.
  ///
  /// @param includeSelf whether the element of `x` takes part in what is folded into its place
  Tensor scatterFold(
      Reduction how, Tensor x, int axis, Tensor index, Tensor source, boolean includeSelf);

  /// The coordinates of the elements that are not zero, a row each, in row-major order: `INT64`.
  Tensor nonzero(Tensor x);

  /// Products of the matrices in the last two axes. The axes in front are equal; the types too.
  Tensor matMul(Tensor a, Tensor b);

  /// `c = start + a b` in place: what `matMul` and other kernels are made of. The matrices may lie
  /// in any strided way, so that transposing costs nothing; `c` has distinct elements.
  ///
  /// Each element is a chain of `fma` in the order of the inner index, from `start[i][j]` on, or
  /// from 0 if there is none. So a product may be computed in parts, by rows, columns or along the
  /// inner axis (going on with `start` being `c`), without changing a bit. Where the inner axis is
  /// longer than 4096, a new chain begins at 0 after every 4096 products, and is added to those
  /// before it: a long chain of `float` would lose digits.
  ///
  /// @param start what the products are added to; may be `c` itself, or repeat a bias
  void multiply(Matrix a, Matrix b, @Nullable Matrix start, Matrix c);

  /// `f` of the matrices in the last two axes, computed in `double`. All operands have the same
  /// floating type and the same axes in front, with which `y` starts, too.
  Tensor mapMatrices(MatrixFunction f, List<Tensor> xs, Shape y);

  /// `y[.., i, ..] = x[.., index[.., i, ..], ..]` along `axis`; `index` has the rank of `x`, is not
  /// larger along any other axis, and holds valid indices, none negative.
  Tensor gather(Tensor x, int axis, Tensor index);

  /// Zeros of shape `to` plus `y[.., index[.., i, ..], ..] += x[.., i, ..]`: the adjoint of
  /// [#gather]. `x` and `index` have the same shape.
  Tensor scatterAdd(Tensor x, int axis, Tensor index, Shape to);

  /// Zeros of shape `to` in which the slice `from, from + step, ...` of `axis` holds `x`.
  Tensor embed(Tensor x, int axis, int from, int step, Shape to);

  /// The elements of every window: `x` has shape `(.., sizes)`, the result `(.., kernels,
  /// outputs)`, with one size, kernel and number of outputs for each window in the list. Padding is
  /// 0.
  Tensor unfold(Tensor x, List<Window> windows, Shape y);

  /// The sums of what windows hold of each element: the adjoint of [#unfold].
  Tensor fold(Tensor x, List<Window> windows, Shape y);

  /// The convolution of `x`, `(samples, channels, sizes)`, with `weight`, `(channels of the result,
  /// channels / groups, kernels)`, plus `bias` where there is one. Each element is a chain of `fma`
  /// over channels and taps, in which padding counts as 0.
  Tensor convolution(
      Tensor x, Tensor weight, @Nullable Tensor bias, List<Window> windows, int groups, Shape y);

  /// The adjoint of [#convolution] in `x`, plus `bias` where there is one: from the windows in `y`
  /// back to what they see.
  Tensor convolutionTransposed(
      Tensor y, Tensor weight, @Nullable Tensor bias, List<Window> windows, int groups, Shape x);

  /// The adjoint of [#convolution] in `weight`: the gradient of the weight, of shape `weight`, and
  /// behind it, if `withBias`, that of the bias.
  List<Tensor> convolutionWeights(
      Tensor x, Tensor gy, List<Window> windows, int groups, Shape weight, boolean withBias);

  /// Where in the plane of the last axes, counted row by row, each window has its largest element,
  /// the first of equals (a `NaN` counts as the largest): `INT64` of shape `(.., outputs)`; -1 for
  /// a window that sees padding only.
  Tensor windowArgMax(Tensor x, List<Window> windows, Shape y);

  /// The largest element of each window over the last axes, of a floating type, and its place as in
  /// [#windowArgMax], but `INT32` and row by row in a storage of its own. Every window sees an
  /// element.
  List<Tensor> maxPool(Tensor x, List<Window> windows, Shape y);

  /// The adjoint of [#maxPool] where it found `index`: zeros of shape `x`, to whose last `axes` the
  /// elements of `gy` are added, each in its place.
  Tensor maxUnpool(Tensor gy, Tensor index, int axes, Shape x);

  /// `y[.., i, ..] = Σ weight[i][k] x[.., position[i][k], ..]` along `axis`, which is not negative.
  Tensor resample(Tensor x, int axis, Taps taps, Shape y);

  /// The tensors one behind the other along `axis`, in the type `to`.
  Tensor cat(List<Tensor> parts, int axis, Shape y, DType to);

  /// `exp(x - m) / Σ exp(x - m)` along an axis, `m` its maximum.
  Tensor softmax(Tensor x, int axis);

  /// `x - m - log Σ exp(x - m)` along an axis, `m` its maximum.
  Tensor logSoftmax(Tensor x, int axis);

  /// `m + log Σ exp(x - m)` over the elements that fold into one of shape `to`, `m` their maximum;
  /// `m` itself where it is infinite.
  Tensor logSumExp(Tensor x, Shape to);

  /// The gradient of [#softmax]: `y (gy - Σ gy y)` along an axis. All are of the same shape and
  /// floating type.
  Tensor softmaxGradient(Tensor gy, Tensor y, int axis);

  /// The gradient of [#logSoftmax]: `gy - exp(y) Σ gy` along an axis. All are of the same shape and
  /// floating type.
  Tensor logSoftmaxGradient(Tensor gy, Tensor y, int axis);

  /// What [#crossEntropy] finds in each row `x`, all of shape `(rows)`.
  ///
  /// @param losses `log Σ exp(x) - x[target]`
  /// @param max `m`, the largest number
  /// @param sum `Σ exp(x - m)`
  record RowLosses(Tensor losses, Tensor max, Tensor sum) {}

  /// The cross entropy of the rows of logits `x`, `(rows, classes)` of a floating type, against
  /// valid classes, `(rows)`. There is at least one class.
  RowLosses crossEntropy(Tensor x, Tensor target);

  /// The gradient of [#crossEntropy]: `gy (exp(x - m) / sum - onehot(target))`, with a `gy` for
  /// each row.
  Tensor crossEntropyGradient(Tensor gy, Tensor x, Tensor target, Tensor max, Tensor sum);

  /// What a norm finds.
  ///
  /// @param y the normalised operand
  /// @param mean the mean of each row or set of planes
  /// @param variance the mean square of what is left of each
  record Normalization(Tensor y, Tensor mean, Tensor variance) {}

  /// The gradients of a norm: those of weight and bias may be left out.
  record NormalizationGradients(Tensor x, @Nullable Tensor weight, @Nullable Tensor bias) {}

  /// `(x - mean) / √(variance + eps) · weight + bias` for each row of `x`, of shape `(rows, size)`.
  /// All are of one floating type; there are elements.
  ///
  /// @param weight of shape `(size)`; null means 1
  /// @param bias of shape `(size)`; null means 0
  /// @param centered whether the mean is taken off; else it counts as 0
  Normalization normalizeRows(
      Tensor x, @Nullable Tensor weight, @Nullable Tensor bias, double eps, boolean centered);

  /// The gradients of [#normalizeRows].
  ///
  /// @param past what was found
  /// @param slopes whether those of weight and bias are wanted
  NormalizationGradients normalizeRowsGradients(
      Tensor gy,
      Tensor x,
      @Nullable Tensor weight,
      Normalization past,
      double eps,
      boolean centered,
      boolean slopes);

  /// `(x - mean) / √(variance + eps) · weight + bias` for `x` of shape `(samples, channels, size)`,
  /// with statistics of each channel of all samples, or of each group of channels of each sample.
  /// All are of one floating type; there are elements.
  ///
  /// @param weight of shape `(channels)`; null means 1
  /// @param bias of shape `(channels)`; null means 0
  /// @param groups how many groups the channels are divided into; 0 for statistics of the channels
  Normalization normalizePlanes(
      Tensor x, @Nullable Tensor weight, @Nullable Tensor bias, int groups, double eps);

  /// The gradients of [#normalizePlanes], those of weight and bias included.
  ///
  /// @param past what was found
  NormalizationGradients normalizePlanesGradients(
      Tensor gy, Tensor x, @Nullable Tensor weight, Normalization past, int groups, double eps);

  /// `sum += addend`, **in place**; both have the same shape and floating type, no two elements of
  /// `sum` are stored in one place, and nobody else sees it.
  void accumulate(Tensor sum, Tensor addend);

  /// Rewrites `state` tensors element by element, **in place**: see [Update]. All are contiguous
  /// and of the shape and type of `gradient`.
  void update(Update rule, Tensor gradient, Tensor... state);
}
