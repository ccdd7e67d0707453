package org.wengert.examples;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// A program in a JVM of its own, whose remarks about the machine stay out of what the program
/// writes.
final class ChildJvm {
  static final String VECTORS = "--add-modules=jdk.incubator.vector";

  private ChildJvm() {}

  /// Starts it; what it writes to standard error is thrown away.
  static Process start(Class<?> main, List<String> flags, String... args) throws IOException {
    List<String> command = command(flags);
    command.add(main.getName());
    command.addAll(List.of(args));
    return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
  }

  /// Starts a program that is one file of source, in the folder where it is.
  static Process start(Path source) throws IOException {
    List<String> command = command(List.of("-XX:TieredStopAtLevel=1"));
    command.add(source.getFileName().toString());
    return new ProcessBuilder(command)
        .directory(source.getParent().toFile())
        .redirectErrorStream(true)
        .start();
  }

  private static List<String> command(List<String> flags) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xlog:disable", "-XX:-UsePerfData"));
    command.addAll(flags);
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    return command;
  }

  /// Its lines, when it has ended well.
  static List<String> lines(Process process) throws IOException, InterruptedException {
    try (BufferedReader out = process.inputReader()) {
      List<String> lines = out.lines().toList();
      int status = process.waitFor();
      if (status != 0) {
        throw new AssertionError("ended with " + status + " after " + lines);
      }
      return lines;
    }
  }
}
