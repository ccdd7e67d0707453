package org.wengert.nn;

import org.wengert.Parameter;

/// A layer that takes its `weight` by [Watched#current], so that it may be computed: see
/// [Parametrizations].
interface Weighted {
  /// What the weight is, or is computed from.
  Parameter weight();
}
