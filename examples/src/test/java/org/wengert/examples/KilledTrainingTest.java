package org.wengert.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.wengert.io.Checkpoint;
import org.wengert.io.Safetensors;
import org.wengert.tensor.Rng;
import org.wengert.tensor.Tensor;

/// [Resume] in a process of its own is killed or interrupted at random moments, with one worker or
/// four, and goes on from its checkpoint; in the end every bit is that of the training that nobody
/// disturbed. The number of kills is the property `kills`; the profile `nightly` raises it.
class KilledTrainingTest {
  private static final int KILLS = Integer.getInteger("kills", 5);
  private static final int INTERRUPTED = 130;
  private static final int TERMINATED = 143;

  @TempDir Path directory;

  private static Process start(Path folder, int workers) throws IOException {
    return ChildJvm.start(
        Resume.class,
        List.of("-XX:TieredStopAtLevel=1", ChildJvm.VECTORS),
        "--out",
        folder.toString(),
        "--epochs",
        "2",
        "--every",
        "5",
        "--workers",
        Integer.toString(workers));
  }

  /// Runs to the end, which says whether the weights are those of a training without interruption.
  private static void finish(Path folder, int workers) throws IOException, InterruptedException {
    List<String> lines = ChildJvm.lines(start(folder, workers));
    boolean fresh = !lines.getFirst().startsWith("goes on after step ");
    assertEquals(fresh, !lines.getLast().endsWith("without interruption: the same"));
  }

  /// How a process is ended.
  private enum Way {
    KILL,
    INTERRUPT
  }

  /// Runs until it has printed `lines` lines, and for so long after that; then ends it.
  private static String disturb(Process process, Way way, int lines, long nanoseconds)
      throws IOException, InterruptedException {
    try (BufferedReader out = process.inputReader()) {
      for (int i = 0; i < lines; i++) {
        out.readLine();
      }
      LockSupport.parkNanos(nanoseconds);
      if (way == Way.KILL) {
        process.destroyForcibly().waitFor();
        return "";
      }
      interrupt(process);
      List<String> rest = out.lines().toList();
      assertTrue(process.waitFor(1, TimeUnit.MINUTES), "Ctrl-C did not end it");
      int status = process.exitValue();
      assertTrue(status == INTERRUPTED || status == TERMINATED, "ended with " + status);
      return rest.getLast();
    }
  }

  /// Ctrl-C; where that is ignored, as in a shell's background, the same by another signal.
  private static void interrupt(Process process) throws IOException, InterruptedException {
    Path status = Path.of("/proc/self/status");
    boolean hears =
        Files.exists(status)
            && Files.readAllLines(status).stream()
                .filter(line -> line.startsWith("SigIgn:"))
                .anyMatch(line -> Character.digit(line.charAt(line.length() - 1), 16) / 2 % 2 == 0);
    String signal = hears ? "-INT" : "-TERM";
    new ProcessBuilder("kill", signal, Long.toString(process.pid())).start().waitFor();
  }

  /// What a process that died while it saved left beside the checkpoint.
  private static boolean isSaving(Path folder) throws IOException {
    try (var files = Files.list(folder)) {
      return files.anyMatch(path -> path.toString().endsWith(".part"));
    }
  }

  /// All that was saved, but for how long it took.
  private static Map<String, Tensor> state(Path folder) throws IOException {
    Map<String, Tensor> state =
        new LinkedHashMap<>(Safetensors.read(folder.resolve("last.safetensors")));
    state.remove("standing/seconds");
    state.remove("records/epochs.figures");
    return state;
  }

  @Test
  void everyDisturbedTrainingGoesOnToTheSameBits() throws IOException, InterruptedException {
    Path whole = Files.createDirectory(directory.resolve("whole"));
    finish(whole, 0);
    Map<String, Tensor> expected = state(whole);
    Rng random = new Rng(42);
    int resumed = 0;
    int whileSaving = 0;
    for (int i = 0; i < KILLS; i++) {
      Path folder = Files.createDirectory(directory.resolve("run" + i));
      int workers = i / 2 % 2 == 0 ? 1 : 4;
      Way way = Way.values()[i % 2];
      Process process = start(folder, workers);
      disturb(process, way, 1 + random.nextInt(35), random.nextLong(5_000_000));
      whileSaving += isSaving(folder) ? 1 : 0;
      if (Files.exists(folder.resolve("last.safetensors"))) {
        Checkpoint.stateDict(folder.resolve("last.safetensors"), "model"); // whole, in any case
        resumed++;
      }
      finish(folder, 5 - workers);
      Map<String, Tensor> found = state(folder);
      assertEquals(expected.keySet(), found.keySet());
      String run = "run " + i + ", " + way + ", ";
      expected.forEach((key, tensor) -> assertTrue(tensor.sameBits(found.get(key)), run + key));
      assertTrue(!isSaving(folder), run + "left something");
    }
    System.out.printf(
        "%d times killed or interrupted: %d before the first checkpoint, %d while saving, all"
            + " resumed to the same bits%n",
        KILLS, KILLS - resumed, whileSaving);
    assertTrue(resumed > 0);
  }

  @Test
  void ctrlCFinishesTheStepAndSaysHowToGoOn() throws IOException, InterruptedException {
    Process process = start(directory, 1);
    String last = disturb(process, Way.INTERRUPT, 3, 0);
    Path file = directory.resolve("last.safetensors");
    long step = Checkpoint.stateDict(file, "standing").get("step").longAt();
    assertEquals(
        "interrupted after step "
            + step
            + "; saved in "
            + file
            + "; to go on, run the same command again",
        last);
    String first = ChildJvm.lines(start(directory, 1)).getFirst();
    assertTrue(first.startsWith("goes on after step " + step + ", "), first);
  }

  private Process startUnending(String what) throws IOException {
    return ChildJvm.start(
        UnendingStep.class, List.of(ChildJvm.VECTORS), directory.toString(), what);
  }

  @Test
  void aSecondCtrlCEndsItAtOnce() throws IOException, InterruptedException {
    Process process = startUnending("wait");
    try (BufferedReader out = process.inputReader()) {
      assertEquals("in the step", out.readLine());
      interrupt(process);
      assertEquals("hooks run", out.readLine());
      assertTrue(process.isAlive(), "it waits for its step");
      interrupt(process);
      assertTrue(process.waitFor(1, TimeUnit.MINUTES), "the second one did not end it");
      assertEquals(INTERRUPTED, process.exitValue());
    } finally {
      process.destroyForcibly();
    }
  }

  @Test
  void aCallbackMayExit() throws IOException, InterruptedException {
    Process process = startUnending("exit");
    try {
      assertTrue(process.waitFor(1, TimeUnit.MINUTES), "it waits for itself");
      assertEquals(3, process.exitValue());
    } finally {
      process.destroyForcibly();
    }
  }
}
