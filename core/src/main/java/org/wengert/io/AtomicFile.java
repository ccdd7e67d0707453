package org.wengert.io;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemLoopException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Writes files that appear whole or not at all. What is written goes into a file beside the
/// target, is forced to the disk, and takes the target's place in one move, which is forced to the
/// disk too: whenever the process or the machine dies, there is the old file or the new one.
///
/// Links are followed: what they lead to is replaced, and they stay. The new file has the old one's
/// permissions and, where the system allows that, its group; a group that it cannot have gets no
/// more than everybody. The owner is who writes.
///
/// A process that dies while writing leaves its file beside the target, `.name.<process>...part`;
/// the next write to that target by another process removes it. A living one holds a lock on its
/// file until it has moved, which is known also where process numbers are not, as between
/// containers. Where there are no locks, as on some network disks, nothing is removed.
final class AtomicFile {
  private static final String RUN = Long.toHexString(UUID.randomUUID().getMostSignificantBits());
  private static final AtomicLong NUMBER = new AtomicLong();
  private static final Pattern OURS = Pattern.compile("([0-9a-f]+)\\.\\d+\\.part");
  private static final int LINKS = 40;
  private static final int LONGEST = 40;

  private AtomicFile() {}

  /// What is written.
  interface Content {
    /// Writes all of it.
    void writeTo(OutputStream to) throws IOException;
  }

  /// Writes `content` to `file`, replacing what was there.
  static void write(Path file, Content content) throws IOException {
    Path target = followed(file.toAbsolutePath());
    Path directory = target.getParent();
    if (directory == null) {
      throw new IOException(file + " is a directory");
    }
    String prefix = prefix(target);
    removeLeftovers(directory, prefix);
    Path beside = directory.resolve(prefix + RUN + "." + NUMBER.incrementAndGet() + ".part");
    try (FileChannel to =
        FileChannel.open(beside, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      lock(to);
      if (Files.notExists(beside)) { // taken for a leftover before it was locked
        write(file, content);
        return;
      }
      takeAccess(target, beside);
      OutputStream out = new BufferedOutputStream(Channels.newOutputStream(to), 1 << 16);
      content.writeTo(out);
      out.flush();
      to.force(true);
      Files.move(beside, target, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(beside);
    }
    force(directory);
  }

  /// What the links at `file` lead to, whether it exists or not.
  private static Path followed(Path file) throws IOException {
    Path target = file;
    for (int links = 0; Files.isSymbolicLink(target); links++) {
      if (links == LINKS) {
        throw new FileSystemLoopException(file.toString());
      }
      target = target.resolveSibling(Files.readSymbolicLink(target));
    }
    return target;
  }

  /// With what the names of files beside `target` begin. They must not be too long for the disk
  /// where `target` is not.
  private static String prefix(Path target) {
    String name = String.valueOf(target.getFileName());
    return "." + (name.length() <= LONGEST ? name : Integer.toHexString(name.hashCode())) + ".";
  }

  /// Locks a new file until its channel is closed, if the disk knows locks.
  private static @Nullable FileLock lock(FileChannel file) {
    try {
      return file.lock();
    } catch (IOException e) {
      return null;
    }
  }

  /// Lets those read and write `fresh` who may read and write `old`, if there is one.
  private static void takeAccess(Path old, Path fresh) throws IOException {
    PosixFileAttributeView view = Files.getFileAttributeView(fresh, PosixFileAttributeView.class);
    if (view == null) {
      return;
    }
    PosixFileAttributes before;
    try {
      before = Files.readAttributes(old, PosixFileAttributes.class);
    } catch (NoSuchFileException e) {
      return;
    }
    Set<PosixFilePermission> permissions = EnumSet.noneOf(PosixFilePermission.class);
    permissions.addAll(before.permissions());
    PosixFileAttributes now = view.readAttributes();
    if (!now.group().equals(before.group())) {
      try {
        view.setGroup(before.group());
      } catch (IOException e) {
        permissions.removeIf(p -> isOfGroupAlone(p, before.permissions()));
      }
    }
    if (!now.permissions().equals(permissions)) {
      view.setPermissions(permissions);
    }
  }

  private static boolean isOfGroupAlone(PosixFilePermission one, Set<PosixFilePermission> all) {
    return switch (one) {
      case GROUP_READ -> !all.contains(PosixFilePermission.OTHERS_READ);
      case GROUP_WRITE -> !all.contains(PosixFilePermission.OTHERS_WRITE);
      case GROUP_EXECUTE -> !all.contains(PosixFilePermission.OTHERS_EXECUTE);
      case OWNER_READ, OWNER_WRITE, OWNER_EXECUTE, OTHERS_READ, OTHERS_WRITE, OTHERS_EXECUTE ->
          false;
    };
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
    DirectoryStream.Filter<Path> others =
        path -> {
          String name = path.getFileName().toString();
          return name.startsWith(prefix) && isOfAnother(name.substring(prefix.length()));
        };
    try (DirectoryStream<Path> leftovers = Files.newDirectoryStream(directory, others)) {
      for (Path leftover : leftovers) {
        removeIfDead(leftover);
      }
    }
  }

  /// Whether such a file is another process's. One of our own must not even be opened: on POSIX,
  /// closing it would end the lock.
  private static boolean isOfAnother(String name) {
    Matcher ours = OURS.matcher(name);
    return ours.matches() && !ours.group(1).equals(RUN);
  }

  /// Removes a file that nobody holds. What cannot be opened or locked stays: it may be in use.
  private static void removeIfDead(Path leftover) {
    try (FileChannel file = FileChannel.open(leftover, StandardOpenOption.WRITE);
        FileLock held = file.tryLock()) {
      if (held != null) {
        Files.deleteIfExists(leftover);
      }
    } catch (IOException e) {
      return; // only tidying up
    }
  }
}
