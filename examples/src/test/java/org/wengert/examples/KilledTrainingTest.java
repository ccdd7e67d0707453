package org.wengert.examples;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.wengert.io.Checkpoint;
import org.wengert.tensor.Rng;

/// [Resume] in a process of its own is killed at random moments and goes on from its checkpoint; in
/// the end every bit is that of the training that nobody disturbed. The number of kills is the
/// property `kills`; the profile `nightly` raises it.
class KilledTrainingTest {
  private static final int KILLS = Integer.getInteger("kills", 5);
  private static final int STEPS = 100;

  @TempDir Path directory;

  private static Process start(Path file) throws IOException {
    return ChildJvm.start(
        Resume.class,
        List.of("-XX:TieredStopAtLevel=1", ChildJvm.VECTORS),
        "--file",
        file.toString(),
        "--steps",
        Integer.toString(STEPS),
        "--every",
        "2");
  }

  /// Runs to the end, which says whether the weights are those of a training without interruption.
  private static void finish(Path file) throws IOException, InterruptedException {
    List<String> lines = ChildJvm.lines(start(file));
    boolean fresh = lines.getFirst().startsWith("from step 0 of " + STEPS);
    assertEquals(fresh, !lines.getLast().endsWith("without interruption: the same"));
  }

  /// Runs until it has printed `lines` lines, and for so long after that.
  private static void kill(Path file, int lines, long nanoseconds)
      throws IOException, InterruptedException {
    Process process = start(file);
    try (BufferedReader out = process.inputReader()) {
      for (int i = 0; i < lines; i++) {
        out.readLine();
      }
      LockSupport.parkNanos(nanoseconds);
      process.destroyForcibly().waitFor();
    }
  }

  /// What a process that died while it saved left beside the checkpoint.
  private boolean isSaving(Path file) throws IOException {
    try (var files = Files.list(file.getParent())) {
      return files.anyMatch(path -> path.toString().endsWith(".part"));
    }
  }

  @Test
  void everyKilledTrainingGoesOnToTheSameBits() throws IOException, InterruptedException {
    Path whole = directory.resolve("whole");
    finish(whole);
    byte[] expected = Files.readAllBytes(whole);
    Rng random = new Rng(42);
    int resumed = 0;
    int whileSaving = 0;
    for (int i = 0; i < KILLS; i++) {
      Path file = Files.createDirectory(directory.resolve("run" + i)).resolve("checkpoint");
      kill(file, random.nextInt(STEPS / 2), random.nextLong(5_000_000));
      whileSaving += isSaving(file) ? 1 : 0;
      if (Files.exists(file)) {
        Checkpoint.stateDict(file, "model"); // whole, whatever happened to it
        resumed++;
      }
      finish(file);
      assertArrayEquals(expected, Files.readAllBytes(file), "run " + i);
      assertTrue(!isSaving(file), "run " + i + " left something");
    }
    System.out.printf(
        "%d kills: %d before the first checkpoint, %d while saving, all resumed to the same bits%n",
        KILLS, KILLS - resumed, whileSaving);
    assertTrue(resumed > 0);
  }
}
