/// Data in, training, results out. The one library module with dependencies: CSV, plots, progress
/// and JSON are left to those who do them well.
module org.wengert.train {
  requires transitive org.wengert.core;
  requires transitive org.wengert.nn;
  requires transitive org.wengert.optim;
  requires static org.jspecify;

  exports org.wengert.train;
  exports org.wengert.train.data;
  exports org.wengert.train.metric;
}
