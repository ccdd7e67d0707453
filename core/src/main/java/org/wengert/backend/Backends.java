package org.wengert.backend;

/// The choice of backend, made once, here.
public final class Backends {
  private static final Backend CURRENT = new ScalarBackend();

  private Backends() {}

  /// The backend that operations compute with.
  public static Backend current() {
    return CURRENT;
  }
}
