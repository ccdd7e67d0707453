package org.wengert;

/// What a sampled image shows beyond its border.
public enum GridPadding {
  /// Zeros.
  ZEROS,
  /// The nearest element of the border.
  BORDER,
  /// The image reflected at its border.
  REFLECTION
}
