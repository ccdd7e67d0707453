package org.wengert.examples;

import java.nio.file.Path;
import picocli.CommandLine.Option;

/// The command line of [Resume]. Holds state: picocli fills the fields.
final class ResumeOptions extends ExampleOptions {
  @Option(
      names = "--out",
      paramLabel = "FOLDER",
      defaultValue = "target/resume",
      description = "where the checkpoints are; delete it to begin anew; default ${DEFAULT-VALUE}")
  private Path out;

  @Option(
      names = "--epochs",
      paramLabel = "N",
      defaultValue = "200",
      description = "how often to see the vectors, in all; default ${DEFAULT-VALUE}")
  private int epochs;

  @Option(
      names = "--every",
      paramLabel = "N",
      defaultValue = "500",
      description = "after how many steps to save; default ${DEFAULT-VALUE}")
  private int every;

  @Option(
      names = "--workers",
      paramLabel = "N",
      defaultValue = "1",
      description = "threads that make batches; default ${DEFAULT-VALUE}")
  private int workers;

  @Override
  void check() {
    requireAtLeastOne("--epochs", epochs);
    requireAtLeastOne("--every", every);
    refuseUnless(workers >= 0, "--workers", workers, "0 or more");
  }

  Path out() {
    return out.toAbsolutePath();
  }

  int epochs() {
    return epochs;
  }

  int every() {
    return every;
  }

  int workers() {
    return workers;
  }
}
