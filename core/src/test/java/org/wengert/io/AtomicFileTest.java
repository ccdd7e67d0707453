package org.wengert.io;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemLoopException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AtomicFileTest {
  private static final String LOCKED =
      """
      import java.nio.channels.FileChannel;
      import java.nio.file.Path;
      import java.nio.file.StandardOpenOption;

      class Locked {
        public static void main(String[] args) throws Exception {
          try (FileChannel file =
              FileChannel.open(Path.of(args[0]), StandardOpenOption.WRITE)) {
            file.lock();
            System.out.println("locked");
            System.in.read();
          }
        }
      }
      """;

  @TempDir Path directory;
  private Path file;

  @BeforeEach
  void nameTheFile() {
    file = directory.resolve("weights");
  }

  private static void write(Path file, String text) throws IOException {
    AtomicFile.write(file, to -> to.write(text.getBytes(StandardCharsets.US_ASCII)));
  }

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.map(path -> path.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void aLinkStaysALinkAndItsTargetIsWritten() throws IOException {
    Path elsewhere = Files.createDirectory(directory.resolve("disk"));
    Files.createSymbolicLink(directory.resolve("best"), Path.of("disk", "last"));
    Files.createSymbolicLink(file, Path.of("best"));
    for (String text : List.of("new", "newer")) {
      write(file, text);
      assertTrue(Files.isSymbolicLink(file));
      assertEquals(text, Files.readString(elsewhere.resolve("last")));
      assertFalse(Files.isSymbolicLink(elsewhere.resolve("last")));
    }
    assertEquals(List.of("best", "disk", "weights"), names());
  }

  @Test
  void linksInACircleAreRefused() throws IOException {
    Files.createSymbolicLink(file, Path.of("other"));
    Files.createSymbolicLink(directory.resolve("other"), Path.of("weights"));
    assertThrows(FileSystemLoopException.class, () -> write(file, "lost"));
  }

  @Test
  void theNewFileMayBeReadAndWrittenByThoseWhoMightBefore() throws IOException {
    assumeTrue(Files.getFileStore(directory).supportsFileAttributeView("posix"));
    for (String permissions : List.of("rw-rw-r--", "rw-------", "r--r--r--", "rwxrwxrwx")) {
      Files.writeString(file, "old");
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
      AtomicFile.write(
          file,
          to -> {
            to.write('x');
            for (String name : names()) {
              Set<PosixFilePermission> now = Files.getPosixFilePermissions(directory.resolve(name));
              assertEquals(permissions, PosixFilePermissions.toString(now), name);
            }
          });
      Set<PosixFilePermission> now = Files.getPosixFilePermissions(file);
      assertEquals(permissions, PosixFilePermissions.toString(now));
      assertEquals("x", Files.readString(file));
      Files.delete(file);
    }
  }

  @Test
  void aNameMayBeAsLongAsTheDiskAllows() throws IOException {
    for (String name : List.of("n".repeat(250), "ü".repeat(125), "\uD83D\uDE00".repeat(60))) {
      Path longest = directory.resolve(name);
      write(longest, "all of it");
      assertEquals("all of it", Files.readString(longest));
      Files.delete(longest);
    }
    assertEquals(List.of(), names());
  }

  @Test
  void whatADeadProcessLeftIsRemovedAndNothingElse() throws IOException {
    List<String> others =
        List.of(".other.0a.1.part", ".weights.0a.part", ".weights.part", "weights.0a.1.part");
    for (String name : others) {
      Files.writeString(directory.resolve(name), "half");
    }
    Files.writeString(directory.resolve(".weights.0a.1.part"), "half");
    write(file, "whole");
    assertEquals(Stream.concat(others.stream(), Stream.of("weights")).sorted().toList(), names());
  }

  /// Its number would not tell: in another container it may be that of somebody else.
  @Test
  void whatAnotherProcessIsWritingStays() throws Exception {
    Path locked = Files.writeString(directory.resolve(".weights.0a.1.part"), "half");
    Path program = Files.writeString(directory.resolve("Locked.java"), LOCKED);
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    Process writer =
        new ProcessBuilder(java, program.toString(), locked.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try {
      assertEquals("locked", writer.inputReader().readLine());
      write(file, "whole");
      assertTrue(Files.exists(locked));
    } finally {
      writer.destroyForcibly();
    }
    assertTrue(writer.waitFor(60, TimeUnit.SECONDS));
    write(file, "whole");
    assertFalse(Files.exists(locked));
  }

  /// Two threads of one process, or one that writes while it writes.
  @Test
  void writesOfOneProcessDoNotDisturbEachOther() throws IOException {
    AtomicFile.write(
        file,
        to -> {
          write(file, "inner");
          to.write("outer".getBytes(StandardCharsets.US_ASCII));
        });
    assertEquals("outer", Files.readString(file));
    assertEquals(List.of("weights"), names());
  }

  @Test
  void aWriteThatFailsLeavesTheOldFile() throws IOException {
    write(file, "old");
    assertThrows(
        IOException.class,
        () ->
            AtomicFile.write(
                file,
                to -> {
                  to.write('n');
                  throw new IOException("disk full");
                }));
    assertEquals("old", Files.readString(file));
    assertEquals(List.of("weights"), names());
  }
}
