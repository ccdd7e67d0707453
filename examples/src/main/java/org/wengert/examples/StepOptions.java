package org.wengert.examples;

import java.nio.file.Path;
import picocli.CommandLine.Option;

/// The command line of examples that count steps, because no sample comes twice. Holds state:
/// picocli fills the fields.
abstract class StepOptions extends TrainingOptions {
  @Option(
      names = "--steps",
      paramLabel = "N",
      description = "how many steps to learn; default ${DEFAULT-VALUE}")
  private int steps;

  /// Options that are their defaults until picocli fills them in.
  StepOptions(Path out, int steps, int batch, double learningRate) {
    super(out, batch, learningRate);
    this.steps = steps;
  }

  @Override
  void check() {
    requireAtLeastOne("--steps", steps);
    super.check();
  }

  final int steps() {
    return steps;
  }
}
