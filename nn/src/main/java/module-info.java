/// Layers, modules and losses.
module org.wengert.nn {
  requires transitive org.wengert.core;
  requires static org.jspecify;

  exports org.wengert.nn;
}
