package org.wengert.backend.vector;

import org.wengert.backend.ScalarBackend;

/// The kernels in the JDK's Vector API. What is not overridden here is a plain loop.
///
/// Stateless and thread-safe; gives the bits of [ScalarBackend] on every hardware width and number
/// of threads.
public final class VectorBackend extends ScalarBackend {
  /// The backend; all instances are alike.
  public VectorBackend() {
    super(new VectorFolds());
  }
}
