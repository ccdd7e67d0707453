package org.wengert.backend.plain;

import org.jspecify.annotations.Nullable;

/// The loops over rows of [RowNormKernel], for one width. Stateless.
interface RowNorm {
  /// The rows that are normalized.
  ///
  /// @param weight a row, of ones if there is no weight
  record Job(
      int size, Span x, Span mean, Span variance, Object weight, double eps, boolean centered) {}

  /// The gradients of weight and bias, to which is added from `at` on; the arrays' own start is 0.
  record Slopes(Span weight, Span bias, int at) {}

  /// Normalizes the rows from `first` up to `end`.
  ///
  /// @param bias a row; of -0, which changes nothing, if there is no bias
  void normalize(Job job, Span y, Object bias, int first, int end);

  /// The gradients of the rows from `first` up to `end`.
  ///
  /// @param step from one row of `gy` to the next
  void gradients(Job job, Span gy, int step, Span gx, @Nullable Slopes slopes, int first, int end);
}
