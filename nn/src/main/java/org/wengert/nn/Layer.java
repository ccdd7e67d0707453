package org.wengert.nn;

import org.wengert.Variable;

/// A function from variables to variables. A lambda or a method reference is a layer, and so is
/// every [Module].
///
/// Several threads may call `forward` at once unless the layer says otherwise; a lambda is as
/// thread-safe as what it captures.
@FunctionalInterface
public interface Layer {
  /// The layer's output for the input `x`. Modules are called by [Module#call], which calls this.
  Variable forward(Variable x);
}
