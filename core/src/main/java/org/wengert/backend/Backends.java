package org.wengert.backend;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import org.wengert.tensor.settings.Settings;

/// The choice of backend, made once, here: the vector backend if the JDK's module
/// `jdk.incubator.vector` is there, else the plain loops, and a line of the log that says how to
/// get the fast ones. `-Dwengert.backend=scalar` asks for the plain loops. Both give the same bits.
public final class Backends {
  private static final String VECTOR_MODULE = "jdk.incubator.vector";
  private static final Backend CURRENT =
      choose(Settings.choice("wengert.backend", "vector", "scalar"));

  private Backends() {}

  /// The backend that operations compute with.
  public static Backend current() {
    return CURRENT;
  }

  private static Backend choose(String wanted) {
    if (wanted.equals("scalar")) {
      return named("plain.ScalarBackend");
    }
    if (ModuleLayer.boot().findModule(VECTOR_MODULE).isPresent()) {
      return named("vector.VectorBackend");
    }
    Logger logger = System.getLogger("org.wengert");
    logger.log(Level.INFO, "plain loops; faster with java --add-modules " + VECTOR_MODULE);
    return named("plain.ScalarBackend");
  }

  /// By name, so that this package does not depend on those that implement it.
  private static Backend named(String name) {
    try {
      Class<?> type = Class.forName("org.wengert.backend." + name);
      return (Backend) type.getDeclaredConstructor().newInstance();
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("the backend " + name + " does not load", e);
    }
  }
}
