package org.wengert.graph;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Opens a page with what the desktop opens pages with: a program of the system, since the JDK's
/// own way needs the module `java.desktop`.
final class Browser {
  private Browser() {}

  static Path open(Graph graph) {
    return open(graph, opener(System.getProperty("os.name", "")));
  }

  /// Writes the page and gives its file to a program.
  ///
  /// @param opener the program and its first arguments
  static Path open(Graph graph, List<String> opener) {
    Path file;
    try {
      file = Files.createTempFile("wengert-graph-", ".html");
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write a temporary file", e);
    }
    graph.html(file);
    if (!start(opener, file)) {
      System.out.println("No browser could be started; the graph is in " + file.toUri());
    }
    return file;
  }

  static List<String> opener(String system) {
    String name = system.toLowerCase(Locale.ROOT);
    if (name.startsWith("win")) {
      return List.of("rundll32", "url.dll,FileProtocolHandler");
    }
    return List.of(name.startsWith("mac") ? "open" : "xdg-open");
  }

  private static boolean start(List<String> opener, Path file) {
    try {
      ProcessBuilder builder = new ProcessBuilder(new ArrayList<>(opener));
      builder.command().add(file.toUri().toString());
      builder.redirectOutput(ProcessBuilder.Redirect.DISCARD);
      builder.redirectError(ProcessBuilder.Redirect.DISCARD);
      Process process = builder.start();
      boolean ended = process.waitFor(Duration.ofSeconds(2));
      return !ended || process.exitValue() == 0; // a browser that runs has not ended
    } catch (IOException e) {
      return false; // there is no such program
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return true;
    }
  }
}
