package org.wengert.graph;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Writes what was drawn.
final class TextFile {
  private TextFile() {}

  static void write(Path file, String text) {
    try {
      Files.writeString(file, text);
    } catch (IOException e) {
      String why = e.getClass().getSimpleName() + ": " + e.getMessage();
      String hint = "is there such a folder, and may files be made in it?";
      throw new UncheckedIOException("cannot write " + file + " (" + why + "); " + hint, e);
    }
  }
}
