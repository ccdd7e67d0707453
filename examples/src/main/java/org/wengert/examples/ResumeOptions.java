package org.wengert.examples;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import picocli.CommandLine.Option;

/// The command line of [Resume]. Holds state: picocli fills the fields.
final class ResumeOptions extends ExampleOptions {
  @Option(
      names = "--file",
      paramLabel = "FILE",
      defaultValue = "target/resume/checkpoint.safetensors",
      description = "the checkpoint; delete it to start again; default ${DEFAULT-VALUE}")
  private Path file;

  @Option(
      names = "--steps",
      paramLabel = "N",
      defaultValue = "20000",
      description = "how many steps to learn in all; default ${DEFAULT-VALUE}")
  private int steps;

  @Option(
      names = "--every",
      paramLabel = "N",
      defaultValue = "500",
      description = "after how many steps to save; default ${DEFAULT-VALUE}")
  private int every;

  @Override
  void check() {
    requireAtLeastOne("--steps", steps);
    requireAtLeastOne("--every", every);
    refuseUnless(!Files.isDirectory(file), "--file", file, "a file, not a folder");
  }

  /// Refuses a number of steps that the checkpoint has passed.
  void requireSteps(long done) {
    refuseUnless(
        done <= steps, "--steps", steps, "at least " + done + ", where " + file + " stands");
  }

  Path file() {
    return file.toAbsolutePath();
  }

  /// The folder of the file; a root is its own.
  Path folder() {
    return Objects.requireNonNullElse(file().getParent(), file());
  }

  int steps() {
    return steps;
  }

  int every() {
    return every;
  }
}
