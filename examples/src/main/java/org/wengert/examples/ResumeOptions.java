package org.wengert.examples;

import java.nio.file.Path;
import picocli.CommandLine.Option;

/// The command line of [Resume]. Holds state: picocli fills the fields.
final class ResumeOptions extends EpochOptions {
  @Option(
      names = "--every",
      paramLabel = "N",
      defaultValue = "500",
      description = "after how many steps to save; default ${DEFAULT-VALUE}")
  private int every;

  /// Options that are their defaults until picocli fills them in.
  ResumeOptions() {
    super(Path.of("target", "resume"), 200, 8, 0.001);
  }

  @Override
  void check() {
    super.check();
    requireAtLeastOne("--every", every);
  }

  int every() {
    return every;
  }
}
