package org.wengert;

/// What a quantile is that falls between two elements, `low` and `high`: PyTorch's `interpolation`.
public enum QuantileInterpolation {
  /// `low + (high - low) · w`, where `w` says how far between the two it falls.
  LINEAR,
  /// `low`.
  LOWER,
  /// `high`.
  HIGHER,
  /// `(low + high) / 2`.
  MIDPOINT,
  /// The nearer of the two; halfway between them the one at an even place.
  NEAREST
}
