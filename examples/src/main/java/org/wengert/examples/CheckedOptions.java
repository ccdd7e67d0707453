package org.wengert.examples;

import java.util.LinkedHashMap;
import java.util.SequencedMap;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// A part of a command line that refuses values which picocli lets through. Holds state: picocli
/// fills the field.
abstract class CheckedOptions {
  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

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

  /// Whether somebody has asked for this option, or it is its default.
  final boolean isGiven(String option) {
    return command.commandLine().getParseResult().hasMatchedOption(option);
  }

  /// All options of the command that have a value, as they were given or by default.
  final SequencedMap<String, Object> all() {
    SequencedMap<String, Object> all = new LinkedHashMap<>();
    for (OptionSpec option : command.options()) {
      Object value = option.getValue();
      if (value != null && !option.usageHelp()) {
        all.put(option.longestName(), value);
      }
    }
    return all;
  }
}
