package org.wengert;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// A program of these tests in a JVM of its own, whose remarks about the machine stay out of what
/// the program writes.
///
/// @param directory where its output goes
record ChildJvm(Path directory) {
  /// What it wrote, and how it ended.
  record Run(String out, String err, int status) {}

  /// Runs it to its end.
  ///
  /// @param main the simple name of a class in this package
  Run run(String main, List<String> flags, String... args)
      throws IOException, InterruptedException {
    return start(main, flags, args).end();
  }

  /// A JVM that is running.
  record Running(Process process, Path out, Path err) {
    Run end() throws IOException, InterruptedException {
      int status = process.waitFor();
      return new Run(read(out), read(err), status);
    }

    private static String read(Path file) throws IOException {
      return Files.readString(file, StandardCharsets.UTF_8);
    }
  }

  Running start(String main, List<String> flags, String... args) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xlog:disable", "-XX:-UsePerfData"));
    command.addAll(flags);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), "org.wengert." + main));
    command.addAll(List.of(args));
    Path out = Files.createTempFile(directory, main, ".out");
    Path err = Files.createTempFile(directory, main, ".err");
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.redirectOutput(out.toFile()).redirectError(err.toFile());
    for (String options : List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS")) {
      builder.environment().remove(options);
    }
    return new Running(builder.start(), out, err);
  }
}
