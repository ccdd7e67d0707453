package org.wengert.backend;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.wengert.backend.plain.ScalarBackend;
import org.wengert.backend.vector.VectorBackend;

/// The choice of backend.
class BackendsTest {
  @Test
  void testsRunOnTheBackendThatTheBuildAsksFor() {
    String wanted = System.getProperty("wengert.backend", "vector");
    Class<?> backend = wanted.equals("scalar") ? ScalarBackend.class : VectorBackend.class;
    assertEquals(backend, Backends.current().getClass());
  }
}
