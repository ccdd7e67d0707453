package org.wengert.io;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Writes files that appear whole or not at all. What is written goes into a file beside the
/// target, is forced to the disk, and takes the target's place in one move, which is forced to the
/// disk too: whenever the process or the machine dies, there is the old file or the new one.
///
/// A process that dies while writing leaves its file beside the target, `.name.<process>...part`;
/// the next write to that target by another process removes it.
final class AtomicFile {
  private static final String RUN = Long.toHexString(UUID.randomUUID().getMostSignificantBits());
  private static final AtomicLong NUMBER = new AtomicLong();
  private static final Pattern OURS = Pattern.compile("(\\d{1,18})\\.([0-9a-f]+)\\.\\d+\\.part");

  private AtomicFile() {}

  /// What is written.
  interface Content {
    /// Writes all of it.
    void writeTo(OutputStream to) throws IOException;
  }

  /// Writes `content` to `file`, replacing what was there.
  static void write(Path file, Content content) throws IOException {
    Path target = file.toAbsolutePath();
    Path directory = target.getParent();
    if (directory == null) {
      throw new IOException(file + " is a directory");
    }
    String prefix = "." + target.getFileName() + ".";
    removeLeftovers(directory, prefix);
    Path beside =
        directory.resolve(
            prefix
                + ProcessHandle.current().pid()
                + "."
                + RUN
                + "."
                + NUMBER.incrementAndGet()
                + ".part");
    try {
      writeNew(beside, content);
      Files.move(beside, target, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(beside);
    }
    force(directory);
  }

  private static void writeNew(Path file, Content content) throws IOException {
    try (FileChannel to =
        FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      OutputStream out = new BufferedOutputStream(Channels.newOutputStream(to), 1 << 16);
      content.writeTo(out);
      out.flush();
      to.force(true);
    }
  }

  /// Forces the move to the disk, on systems that let a directory be opened (Windows does not).
  private static void force(Path directory) throws IOException {
    FileChannel opened;
    try {
      opened = FileChannel.open(directory, StandardOpenOption.READ);
    } catch (IOException e) {
      return;
    }
    try (opened) {
      opened.force(true);
    }
  }

  private static void removeLeftovers(Path directory, String prefix) throws IOException {
    DirectoryStream.Filter<Path> dead =
        path -> {
          String name = path.getFileName().toString();
          return name.startsWith(prefix) && isDead(name.substring(prefix.length()));
        };
    try (DirectoryStream<Path> leftovers = Files.newDirectoryStream(directory, dead)) {
      for (Path leftover : leftovers) {
        Files.deleteIfExists(leftover);
      }
    }
  }

  /// Whether such a file belongs to a process that is gone. A process started in the place of a
  /// dead one, as in containers, has its number but not its run.
  private static boolean isDead(String name) {
    Matcher ours = OURS.matcher(name);
    if (!ours.matches()) {
      return false;
    }
    long pid = Long.parseLong(ours.group(1));
    return pid == ProcessHandle.current().pid()
        ? !ours.group(2).equals(RUN)
        : ProcessHandle.of(pid).isEmpty();
  }
}
