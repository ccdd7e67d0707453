package org.wengert.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.wengert.io.Safetensors;
import org.wengert.tensor.Tensor;
import org.wengert.train.Callback;
import org.wengert.train.History;
import org.wengert.train.Trainer;
import org.wengert.train.data.DataLoader;

/// [Resume] within this process; [KilledTrainingTest] kills it.
class ResumeTest {
  @TempDir private Path folder;

  private Printed run(String place, String... more) {
    List<String> out = List.of("--out", folder.resolve(place).toString());
    String[] args = Stream.concat(out.stream(), Stream.of(more)).toArray(String[]::new);
    return Printed.by(() -> Launcher.run(new Resume(), args));
  }

  private static List<String> lines(Printed printed) {
    assertEquals(0, printed.code(), printed.err());
    return printed.out().lines().toList();
  }

  private void assertRefused(Printed printed, String line) {
    assertEquals(line + System.lineSeparator(), printed.err());
    assertEquals(2, printed.code());
  }

  @Test
  void aTrainingInTwoPartsEndsWithTheBitsOfOneInOnePart() {
    List<String> whole = lines(run("whole", "--epochs", "2", "--every", "100"));
    lines(run("parts", "--epochs", "1"));
    List<String> resumed = lines(run("parts", "--epochs", "2", "--workers", "2"));
    String weights = whole.getLast();
    assertTrue(weights.matches("weights [0-9a-f]{64}"), weights);
    assertTrue(resumed.getFirst().startsWith("goes on after step 100, 1 of 2 epochs done, from "));
    assertEquals(
        List.of("2 epochs done", weights, weights + " without interruption: the same"),
        resumed.subList(resumed.size() - 3, resumed.size()));
    assertNotEquals(weights, lines(run("other", "--epochs", "2", "--seed", "7")).getLast());
  }

  @Test
  void aTrainingThatDiedBeforeItsSecondCheckpointIsComparedToo() {
    LengthTraining training =
        new LengthTraining(DataLoader.Options.defaults().batchSize(8).seed(42), 0.001);
    Callback.AfterStep dies =
        step -> {
          throw new IllegalStateException("killed");
        };
    Trainer trainer = training.trainer(1).checkpoints(folder.resolve("died")).callbacks(dies);
    assertThrows(IllegalStateException.class, () -> training.fit(trainer));
    List<String> resumed = lines(run("died", "--epochs", "1"));
    assertTrue(resumed.getFirst().startsWith("goes on after step 0, 0 of 1 epochs done, from "));
    assertTrue(resumed.getLast().endsWith(" without interruption: the same"), resumed.getLast());
  }

  @Test
  void aCheckpointWhoseWeightsWereChangedIsFoundOut() throws IOException {
    lines(run("changed", "--epochs", "1"));
    Path file = folder.resolve("changed").resolve("last.safetensors");
    var tensors = new LinkedHashMap<>(Safetensors.read(file));
    tensors.compute("model/0.bias", (key, bias) -> Tensor.ones(bias.size(0)));
    Safetensors.write(file, tensors, Safetensors.metadata(file));
    Printed printed = run("changed", "--epochs", "2");
    assertEquals(1, printed.code(), printed.err());
    assertTrue(printed.out().strip().endsWith("without interruption: NOT the same"));
  }

  @Test
  void theLossFalls() {
    LengthTraining training =
        new LengthTraining(DataLoader.Options.defaults().batchSize(8).seed(42), 0.001);
    History history = training.fit(training.trainer(6));
    assertTrue(
        history.epochs().getLast().loss() < history.epochs().getFirst().loss() / 2,
        history.epochs().toString());
  }

  @Test
  void aCheckpointOfSomethingElseIsOneLine() throws IOException {
    lines(run("place", "--epochs", "1"));
    Printed other = run("place", "--epochs", "2", "--seed", "7");
    assertEquals(2, other.code());
    assertEquals(1, other.err().lines().count(), other.err());
    assertTrue(other.err().contains("42 instead of 7"), other.err());
    Path file = folder.resolve("place").resolve("last.safetensors");
    byte[] bytes = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(bytes, bytes.length - 1));
    Printed damaged = run("place", "--epochs", "2");
    assertEquals(2, damaged.code());
    assertEquals(1, damaged.err().lines().count(), damaged.err());
    assertTrue(damaged.err().startsWith(file + ", "), damaged.err());
  }

  @Test
  void aBadNumberOrAFileIsOneLine() throws IOException {
    assertRefused(run("place", "--epochs", "0"), "--epochs 0: expected at least 1");
    assertRefused(run("place", "--every", "0"), "--every 0: expected at least 1");
    assertRefused(run("place", "--workers", "-1"), "--workers -1: expected 0 to 64");
    Files.createFile(folder.resolve("file"));
    assertRefused(
        run("file"),
        "--out "
            + folder.resolve("file")
            + ": cannot be written (it is a file), expected a folder to write into");
  }
}
