package org.wengert.examples;

import java.nio.file.Path;
import org.wengert.train.data.DataLoader;
import picocli.CommandLine.Option;

/// The command line of examples that see samples again and again. Holds state: picocli fills the
/// fields.
class EpochOptions extends TrainingOptions {
  @Option(
      names = "--epochs",
      paramLabel = "N",
      description = "how often the samples are seen; default ${DEFAULT-VALUE}")
  private int epochs;

  @Option(
      names = "--workers",
      paramLabel = "N",
      description = "threads that make batches, which changes no bit; default ${DEFAULT-VALUE}")
  private int workers = 1;

  /// Options that are their defaults until picocli fills them in.
  EpochOptions(Path out, int epochs, int batch, double learningRate) {
    super(out, batch, learningRate);
    this.epochs = epochs;
  }

  @Override
  void check() {
    requireAtLeastOne("--epochs", epochs);
    refuseUnless(workers >= 0 && workers <= 64, "--workers", workers, "0 to 64");
    super.check();
  }

  final int epochs() {
    return epochs;
  }

  /// How batches are made.
  final DataLoader.Options loading() {
    return DataLoader.Options.defaults().batchSize(batch()).workers(workers).seed(seed());
  }
}
