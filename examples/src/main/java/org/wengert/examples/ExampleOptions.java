package org.wengert.examples;

import java.io.IOException;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/// What the command lines of all examples have in common. Holds state: picocli fills the fields.
abstract class ExampleOptions extends CheckedOptions {
  @Option(
      names = "--out",
      paramLabel = "DIR",
      order = 99, // after the options of the example
      description = "folder for what it leaves; default ${DEFAULT-VALUE}")
  private Path out;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "42",
      order = 100,
      description = "same seed, same numbers; default ${DEFAULT-VALUE}")
  private long seed;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      order = 101,
      description = "print this text")
  @SuppressWarnings("unused") // picocli asks for it by its annotation
  private boolean help;

  /// Options that are their defaults until picocli fills them in.
  ///
  /// @param out the folder for what it leaves, unless told otherwise
  ExampleOptions(Path out) {
    this.out = out;
  }

  /// Refuses what picocli let through, and a folder that cannot be written.
  final void prepare() throws IOException {
    check();
    Launcher.makeWritable("--out", out);
  }

  /// Refuses numbers that are out of range.
  abstract void check();

  /// The folder for pictures, weights and whatever else it leaves.
  final Path out() {
    return out;
  }

  final long seed() {
    return seed;
  }
}
