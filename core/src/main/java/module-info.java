/// Tensors, variables and derivatives. Needs nothing but the JDK at run time; with the module
/// `jdk.incubator.vector` its kernels are faster.
module org.wengert.core {
  requires static jdk.incubator.vector;
  requires static org.jspecify;

  exports org.wengert;
  exports org.wengert.backend;
  exports org.wengert.check;
  exports org.wengert.graph;
  exports org.wengert.io;
  exports org.wengert.tensor;
}
