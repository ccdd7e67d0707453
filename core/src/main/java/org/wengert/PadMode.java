package org.wengert;

/// What [F#pad] puts beyond the ends of an axis `0, 1, ..., n-1`.
public enum PadMode {
  /// The mirror image without the border: `2 1 | 0 1 2 3 | 2 1`.
  REFLECT,
  /// The border element: `0 0 | 0 1 2 3 | 3 3`.
  REPLICATE,
  /// The other end: `2 3 | 0 1 2 3 | 0 1`.
  CIRCULAR
}
