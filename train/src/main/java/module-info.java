/// Data in, training, results out. The one library module with dependencies: CSV, plots, progress
/// and JSON are left to those who do them well.
module org.wengert.train {
  requires transitive org.wengert.core;
  requires transitive org.wengert.nn;
  requires transitive org.wengert.optim;
  requires jdk.httpserver; // the live page
  requires transitive java.desktop; // plots paint themselves on any Graphics2D
  requires xchart;
  requires VectorGraphics2D;
  requires de.siegmar.fastcsv;
  requires transitive com.google.gson;
  requires me.tongfei.progressbar;
  requires static org.jspecify;

  exports org.wengert.train;
  exports org.wengert.train.data;
  exports org.wengert.train.estimator;
  exports org.wengert.train.live;
  exports org.wengert.train.log;
  exports org.wengert.train.metric;
  exports org.wengert.train.plot;
  exports org.wengert.train.read;
}
