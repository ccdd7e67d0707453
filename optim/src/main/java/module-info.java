/// Optimizers and schedules.
module org.wengert.optim {
  requires transitive org.wengert.core;
  requires static org.jspecify;

  exports org.wengert.optim;
}
