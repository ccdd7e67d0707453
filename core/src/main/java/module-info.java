/// Tensors, variables and derivatives. Needs nothing but the JDK at run time.
module org.wengert.core {
  requires static org.jspecify;

  exports org.wengert;
  exports org.wengert.backend;
  exports org.wengert.check;
  exports org.wengert.io;
  exports org.wengert.tensor;
}
