package org.wengert.golden;

/// Python's `...`: as many whole axes as are left.
enum Ellipsis {
  ELLIPSIS
}
