package org.wengert.examples;

import java.nio.file.Path;
import picocli.CommandLine.Option;

/// The command line of examples that train for a while. Holds state: picocli fills the fields.
abstract class TrainingOptions extends ExampleOptions {
  @Option(
      names = "--batch",
      paramLabel = "N",
      description = "samples in a step; default ${DEFAULT-VALUE}")
  private int batch;

  @Option(
      names = "--lr",
      paramLabel = "RATE",
      description = "learning rate; default ${DEFAULT-VALUE}")
  private double learningRate;

  @Option(names = "--live", description = "show in a browser how it goes, on this machine alone")
  private boolean live;

  /// Options that are their defaults until picocli fills them in.
  TrainingOptions(Path out, int batch, double learningRate) {
    super(out);
    this.batch = batch;
    this.learningRate = learningRate;
  }

  @Override
  void check() {
    requireAtLeastOne("--batch", batch);
    requirePositive("--lr", learningRate);
  }

  final int batch() {
    return batch;
  }

  double learningRate() {
    return learningRate;
  }

  final boolean live() {
    return live;
  }
}
