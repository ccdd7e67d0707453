package org.wengert.train.log;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.function.Predicate;
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
        file.truncate(endOfLine(file, file.size()));
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + path, e);
    }
  }

  /// Removes whole lines from the end for as long as they are unwanted.
  void removeLast(Predicate<String> unwanted) {
    if (!Files.exists(path)) {
      return;
    }
    try (FileChannel file =
        FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      while (file.size() > 0) {
        long begin = endOfLine(file, file.size() - 1);
        ByteBuffer line = ByteBuffer.allocate((int) (file.size() - begin));
        while (line.hasRemaining() && file.read(line, begin + line.position()) >= 0) {
          // A read may give less than was asked for.
        }
        if (!unwanted.test(new String(line.array(), StandardCharsets.UTF_8).stripTrailing())) {
          return;
        }
        file.truncate(begin);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + path, e);
    }
  }

  /// Where the last line that ends at `limit` or before it does.
  private static long endOfLine(FileChannel file, long limit) throws IOException {
    ByteBuffer one = ByteBuffer.allocate(1);
    for (long end = limit; end > 0; end--) {
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
