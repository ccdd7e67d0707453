package org.wengert;

/// How a quotient becomes whole. Immutable.
public enum Rounding {
  /// Towards 0, as integers divide in Java.
  TRUNC,
  /// Down, as `//` divides in Python.
  FLOOR
}
