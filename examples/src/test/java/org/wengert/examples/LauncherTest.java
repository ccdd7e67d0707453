package org.wengert.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LauncherTest {
  @TempDir Path folder;

  /// Killed in the middle, a trial would stay there.
  @Test
  void aFolderIsFoundWritableWithoutPuttingAnythingThere() throws IOException {
    FileTime before = FileTime.fromMillis(1_000_000_000_000L);
    Files.setLastModifiedTime(folder, before);
    Launcher.makeWritable("--out", folder);
    assertEquals(before, Files.getLastModifiedTime(folder));
  }

  @Test
  void foldersAreMade() throws IOException {
    Path deep = folder.resolve("a").resolve("b");
    Launcher.makeWritable("--out", deep);
    assertTrue(Files.isDirectory(deep));
  }

  @Test
  void aFileIsNoFolder() throws IOException {
    Path file = Files.createFile(folder.resolve("file"));
    String message =
        assertThrows(IOException.class, () -> Launcher.makeWritable("--out", file)).getMessage();
    assertEquals(
        "--out " + file + ": cannot be written (it is a file), expected a folder to write into",
        message);
  }
}
