package org.wengert.examples;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.wengert.io.FileFormatException;
import org.wengert.tensor.OptionException;
import org.wengert.train.data.BatchException;
import org.wengert.train.data.SampleException;
import picocli.CommandLine;
import picocli.CommandLine.ExitCode;

/// Runs a command so that whatever its user got wrong is one line on stderr and exit code 2: bad
/// arguments, bad data, files that cannot be written. Anything else is a bug and shows its stack.
final class Launcher {
  private Launcher() {}

  /// Runs `command` with these arguments and returns the exit code.
  static int run(Object command, String... arguments) {
    return new CommandLine(command)
        .setExpandAtFiles(false)
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setParameterExceptionHandler((e, args) -> refuse(e))
        .setExecutionExceptionHandler(
            (e, line, result) -> {
              boolean wrapped = e instanceof SampleException || e instanceof BatchException;
              Throwable reason = wrapped ? e.getCause() : e;
              if (reason instanceof OptionException
                  || reason instanceof FileFormatException
                  || reason instanceof IOException
                  || reason instanceof UncheckedIOException) {
                return refuse(e);
              }
              throw e;
            })
        .execute(arguments);
  }

  private static int refuse(Exception e) {
    // A FileSystemException says which file, and only by its class what happened to it.
    String what = e instanceof FileSystemException ? e.getClass().getSimpleName() + ": " : "";
    System.err.println((what + e.getMessage()).replaceAll("\\R", " "));
    return ExitCode.USAGE;
  }

  /// Makes the folder if there is none, and asks whether it can be written: better now than after
  /// hours. Nothing is written for a trial, since a killed program would leave that.
  ///
  /// @throws IOException with a line for the user if it cannot
  static void makeWritable(String option, Path folder) throws IOException {
    try {
      Files.createDirectories(folder);
      if (!Files.isWritable(folder)) {
        throw new AccessDeniedException(folder.toString());
      }
    } catch (IOException e) {
      boolean isFile = e instanceof FileAlreadyExistsException;
      String found =
          "cannot be written (" + (isFile ? "it is a file" : e.getClass().getSimpleName());
      String wanted = "), expected a folder to write into";
      throw new IOException(option + " " + folder + ": " + found + wanted, e);
    }
  }
}
