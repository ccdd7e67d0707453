package org.wengert.train.log;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.stream.Stream;

/// A text file to which whole lines are appended. It is open only while a line is written: a log
/// needs no end, and a program that is killed leaves what it had.
///
/// @param path the file
record LineFile(Path path) {
  /// Removes a last line that has no end.
  void mend() {
    try {
      if (!Files.exists(path)) {
        Files.createDirectories(path.toAbsolutePath().getParent());
        return;
      }
      try (FileChannel file =
          FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
        file.truncate(endOfLastLine(file));
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + path, e);
    }
  }

  private static long endOfLastLine(FileChannel file) throws IOException {
    ByteBuffer one = ByteBuffer.allocate(1);
    for (long end = file.size(); end > 0; end--) {
      file.read(one.clear(), end - 1);
      if (one.get(0) == '\n') {
        return end;
      }
    }
    return 0;
  }

  /// The first line without its end; empty if there is none.
  String first() {
    try (var lines = Files.exists(path) ? Files.lines(path) : Stream.<String>empty()) {
      return lines.findFirst().orElse("");
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + path, e);
    }
  }

  /// Appends a line.
  void add(String line) {
    append(path, (line + "\n").getBytes(StandardCharsets.UTF_8));
  }

  /// Appends bytes to a file, all of them by one call.
  static void append(Path path, byte[] all) {
    ByteBuffer bytes = ByteBuffer.wrap(all);
    try (FileChannel file =
        FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
      while (bytes.hasRemaining()) {
        file.write(bytes);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + path, e);
    }
  }
}
