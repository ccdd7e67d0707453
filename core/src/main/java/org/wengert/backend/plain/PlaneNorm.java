package org.wengert.backend.plain;

/// The loops over planes of [PlaneNormKernel], for one width. Stateless.
interface PlaneNorm {
  /// What the planes of some sets are, and what is found of each set.
  record Job(PlaneSets sets, Span x, Span mean, Span variance, double eps) {}

  /// A weight and a bias of each channel.
  record Affine(Span weight, Span bias) {}

  /// The gradient of `x`, and what each plane gives to those of weight and bias.
  record Gradients(Span x, Span weight, Span bias) {}

  /// Normalizes the sets from `first` up to `end`.
  void normalize(Job job, Span y, Affine affine, int first, int end);

  /// The gradients of the sets from `first` up to `end`.
  ///
  /// @param weight one of each channel
  void gradients(Job job, Span gy, Span weight, Gradients to, int first, int end);
}
