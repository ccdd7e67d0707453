package org.wengert.nn;

import org.wengert.F;

/// 1 from 0 on, else 0, element by element: the step of the first perceptrons. Its derivative
/// is 0 everywhere, so that nothing in front of it learns.
///
/// Several threads may call `forward` at once.
///
/// Source: McCulloch, Pitts, "A logical calculus of the ideas immanent in nervous activity",
/// 1943.
public final class HardLimit extends Activation {
  /// The only kind there is.
  public HardLimit() {
    super(F::hardLimit);
  }
}
