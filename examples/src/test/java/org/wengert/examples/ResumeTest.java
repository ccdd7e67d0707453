package org.wengert.examples;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// [Resume] within this process; [KilledTrainingTest] kills it.
class ResumeTest {
  @TempDir private Path folder;

  private Printed run(String file, String... more) {
    List<String> place = List.of("--file", folder.resolve(file).toString());
    String[] args = Stream.concat(place.stream(), Stream.of(more)).toArray(String[]::new);
    return Printed.by(() -> Launcher.run(new Resume(), args));
  }

  private static List<String> lines(Printed printed) {
    assertEquals(0, printed.code(), printed.err());
    return printed.out().lines().toList();
  }

  private void assertRefused(Printed printed, String line) {
    assertEquals(line + System.lineSeparator(), printed.err());
    assertEquals("", printed.out());
    assertEquals(2, printed.code());
  }

  @Test
  void aTrainingInTwoPartsEndsWithTheBitsOfOneInOnePart() throws IOException {
    List<String> whole = lines(run("whole", "--steps", "30", "--every", "10"));
    lines(run("parts", "--steps", "13"));
    List<String> resumed = lines(run("parts", "--steps", "30", "--every", "10"));
    String weights = whole.getLast();
    assertTrue(weights.matches("weights [0-9a-f]{64}"), weights);
    assertTrue(resumed.getFirst().startsWith("from step 13 of 30; the checkpoint is "));
    assertEquals(
        List.of(weights, weights + " without interruption: the same"),
        resumed.subList(resumed.size() - 2, resumed.size()));
    assertArrayEquals(
        Files.readAllBytes(folder.resolve("whole")), Files.readAllBytes(folder.resolve("parts")));
  }

  @Test
  void aCheckpointWhoseWeightsWereChangedIsFoundOut() throws IOException {
    lines(run("file", "--steps", "5"));
    SavedTraining other = new SavedTraining(42);
    other.load(folder.resolve("file"));
    other.step();
    other.save(folder.resolve("file"), 5);
    Printed printed = run("file", "--steps", "9");
    assertEquals(1, printed.code(), printed.err());
    assertTrue(printed.out().strip().endsWith("without interruption: NOT the same"));
  }

  @Test
  void theLossFallsAndAnotherSeedEndsElsewhere() {
    List<String> lines = lines(run("a", "--steps", "600", "--every", "300"));
    assertEquals("step    600", lines.get(2).substring(0, 11));
    SavedTraining training = new SavedTraining(42);
    double before = mean(training);
    for (int i = 0; i < 400; i++) {
      training.step();
    }
    assertTrue(mean(training) < before / 2);
    String weights = lines.getLast();
    assertNotEquals(weights, lines(run("b", "--steps", "600", "--seed", "7")).getLast());
  }

  private static double mean(SavedTraining training) {
    double sum = 0;
    for (int i = 0; i < 20; i++) {
      sum += training.step() / 20;
    }
    return sum;
  }

  @Test
  void aCheckpointOfSomethingElseIsOneLine() throws IOException {
    lines(run("file", "--steps", "5"));
    assertRefused(
        run("file", "--steps", "9", "--seed", "7"),
        "the checkpoint: a training of another seed, expected seed 7");
    Path file = folder.resolve("file");
    assertRefused(
        run("file", "--steps", "4"), "--steps 4: expected at least 5, where " + file + " stands");
    byte[] bytes = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(bytes, bytes.length - 1));
    Printed damaged = run("file", "--steps", "9");
    assertEquals(2, damaged.code());
    assertEquals(1, damaged.err().lines().count(), damaged.err());
    assertTrue(damaged.err().startsWith(file + ", "), damaged.err());
  }

  @Test
  void aBadNumberOrAFolderIsOneLine() {
    assertRefused(run("file", "--steps", "0"), "--steps 0: expected at least 1");
    assertRefused(run("file", "--every", "0"), "--every 0: expected at least 1");
    assertRefused(run(""), "--file " + folder + ": expected a file, not a folder");
  }
}
