package org.wengert.examples;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// What the command lines of all examples have in common. Holds state: picocli fills the fields.
abstract class ExampleOptions {
  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "42",
      order = 100, // after the options of the example
      description = "same seed, same numbers; default ${DEFAULT-VALUE}")
  private long seed;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      order = 101,
      description = "print this text")
  @SuppressWarnings("unused") // picocli asks for it by its annotation
  private boolean help;

  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  /// Refuses what picocli let through.
  abstract void check();

  /// Refuses the value of an option unless it is valid, and says what was expected.
  final void refuseUnless(boolean valid, String option, Object value, String wanted) {
    if (!valid) {
      throw new ParameterException(
          command.commandLine(), option + " " + value + ": expected " + wanted);
    }
  }

  final void requireAtLeastOne(String option, int value) {
    refuseUnless(value >= 1, option, value, "at least 1");
  }

  final void requirePositive(String option, double value) {
    refuseUnless(value > 0 && Double.isFinite(value), option, value, "a number above 0");
  }

  final long seed() {
    return seed;
  }
}
