package org.wengert.examples;

import java.nio.file.Path;
import org.wengert.train.data.DataLoader;
import picocli.CommandLine.Option;

/// The command line of examples that are trained by a [org.wengert.train.Trainer]. Holds state:
/// picocli fills the fields.
final class TrainingOptions extends ExampleOptions {
  @Option(
      names = "--epochs",
      paramLabel = "N",
      description = "how often the samples are seen; default ${DEFAULT-VALUE}")
  private int epochs;

  @Option(
      names = "--samples",
      paramLabel = "N",
      description = "samples in an epoch; default ${DEFAULT-VALUE}")
  private int samples;

  @Option(
      names = "--batch",
      paramLabel = "N",
      description = "samples in a step; default ${DEFAULT-VALUE}")
  private int batch = 64;

  @Option(
      names = "--workers",
      paramLabel = "N",
      description = "threads that make batches; default ${DEFAULT-VALUE}")
  private int workers = 1;

  @Option(
      names = "--lr",
      paramLabel = "RATE",
      description = "learning rate; default ${DEFAULT-VALUE}")
  private double learningRate;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "folder for pictures; default ${DEFAULT-VALUE}")
  private Path out;

  /// Options that are their defaults until picocli fills them in.
  TrainingOptions(int epochs, int samples, double learningRate, Path out) {
    this.epochs = epochs;
    this.samples = samples;
    this.learningRate = learningRate;
    this.out = out;
  }

  @Override
  void check() {
    requireAtLeastOne("--epochs", epochs);
    requireAtLeastOne("--samples", samples);
    requireAtLeastOne("--batch", batch);
    refuseUnless(workers >= 0 && workers <= 64, "--workers", workers, "0 to 64");
    requirePositive("--lr", learningRate);
  }

  int epochs() {
    return epochs;
  }

  int samples() {
    return samples;
  }

  /// How batches are made.
  DataLoader.Options loading() {
    return DataLoader.Options.defaults().batchSize(batch).workers(workers).seed(seed());
  }

  double learningRate() {
    return learningRate;
  }

  Path out() {
    return out;
  }
}
