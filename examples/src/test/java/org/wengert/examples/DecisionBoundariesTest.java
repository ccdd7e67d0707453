package org.wengert.examples;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DecisionBoundariesTest {
  @TempDir private Path folder;

  private Printed run(String steps, String out) {
    String where = folder.resolve(out).toString();
    return Printed.by(
        () -> Launcher.run(new DecisionBoundaries(), "--steps", steps, "--out", where));
  }

  private static int[] accuracies(String line) {
    return Arrays.stream(line.strip().split("\\s+"))
        .skip(1)
        .filter(word -> !word.equals("%"))
        .mapToInt(Integer::parseInt)
        .toArray();
  }

  @Test
  void onlyDeeperNetworksSeparateWhatALineCannot() throws IOException {
    Printed printed = run("120", "a");
    assertEquals(0, printed.code(), printed.err());
    List<String> lines = printed.out().lines().toList();
    int[] perceptron = accuracies(lines.get(1));
    int[] deepest = accuracies(lines.get(4));
    assertTrue(perceptron[0] > 95, "blobs: " + lines.get(1));
    assertTrue(perceptron[1] < 75 && perceptron[2] < 75, "xor and circle: " + lines.get(1));
    assertTrue(deepest[1] > 90 && deepest[2] > 90, "xor and circle: " + lines.get(4));
    var picture = ImageIO.read(folder.resolve("a/decision-boundaries.png").toFile());
    assertEquals(4 * 400, picture.getWidth());
    assertEquals(4 * 420, picture.getHeight());
  }

  @Test
  void theSameSeedDrawsTheSamePicture() throws IOException {
    run("3", "a");
    run("3", "b");
    assertArrayEquals(
        Files.readAllBytes(folder.resolve("a/decision-boundaries.png")),
        Files.readAllBytes(folder.resolve("b/decision-boundaries.png")));
  }
}
