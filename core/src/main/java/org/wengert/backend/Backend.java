package org.wengert.backend;

import java.util.List;
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
  /// `y[i] = f(x[i])` in the floating type of `x` (`FLOAT32` for integers).
  Tensor map(ScalarFunction f, Tensor x);

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

  /// Products of the matrices in the last two axes. The axes in front are equal; the types too.
  Tensor matMul(Tensor a, Tensor b);

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

  /// The tensors one behind the other along `axis`, in the type `to`.
  Tensor concat(List<Tensor> parts, int axis, Shape y, DType to);

  /// `exp(x - m) / Σ exp(x - m)` along an axis, `m` its maximum.
  Tensor softmax(Tensor x, int axis);

  /// `x - m - log Σ exp(x - m)` along an axis, `m` its maximum.
  Tensor logSoftmax(Tensor x, int axis);

  /// `m + log Σ exp(x - m)` over the elements that fold into one of shape `to`, `m` their maximum;
  /// `m` itself where it is infinite.
  Tensor logSumExp(Tensor x, Shape to);

  /// `sum += addend`, **in place**; both have the same shape and floating type, `sum` is contiguous
  /// and nobody else sees it.
  void accumulate(Tensor sum, Tensor addend);

  /// Rewrites `state` tensors element by element, **in place**: see [Update]. All are contiguous
  /// and of the shape and type of `gradient`.
  void update(Update rule, Tensor gradient, Tensor... state);
}
