package org.wengert.io;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.wengert.tensor.OptionException;
import org.wengert.tensor.Rng;
import org.wengert.tensor.Stateful;
import org.wengert.tensor.Tensor;

class CheckpointTest {
  @TempDir Path directory;

  /// A part with one number. Holds state.
  private static final class Number implements Stateful {
    private double value;

    Number(double value) {
      this.value = value;
    }

    @Override
    public SequencedMap<String, Tensor> stateDict() {
      SequencedMap<String, Tensor> state = new LinkedHashMap<>();
      state.put("value/of it", Tensor.of(value));
      return state;
    }

    @Override
    public void loadStateDict(Map<String, Tensor> state) {
      Tensor saved = state.get("value/of it");
      if (saved == null || saved.item() < 0) {
        throw new OptionException("no negative numbers").hint("none at all");
      }
      value = saved.item();
    }
  }

  private Path file() {
    return directory.resolve("training.checkpoint");
  }

  @Test
  void everyPartAndTheStepComeBack() throws IOException {
    Number model = new Number(1.5);
    Rng random = new Rng(7);
    Checkpoint checkpoint = Checkpoint.of("model", model).with("random", random);
    checkpoint.save(file(), 12);
    long expected = random.nextLong();
    model.value = 3;
    random.nextLong();
    assertEquals(12, checkpoint.load(file()));
    assertEquals(1.5, model.value);
    assertEquals(expected, random.nextLong());
    assertEquals("Checkpoint of model,random", checkpoint.toString());
  }

  @Test
  void theFileIsOneOfSafetensorsWithAPrefixForEachPart() throws IOException {
    Checkpoint.of("model", new Number(1.5)).with("random", new Rng(7)).save(file(), 12);
    assertEquals(List.of("model/value/of it", "random/state"), Safetensors.open(file()).names());
    assertEquals("12", Safetensors.metadata(file()).get("step"));
    assertEquals("model,random", Safetensors.metadata(file()).get("parts"));
    assertEquals(7, Checkpoint.stateDict(file(), "random").get("state").longAt());
    assertEquals(
        List.of("value/of it"), List.copyOf(Checkpoint.stateDict(file(), "model").keySet()));
  }

  @Test
  void ifOnePartRefusesItsStateNoneIsChanged() throws IOException {
    Number first = new Number(1);
    Number second = new Number(-2);
    Rng random = new Rng(3);
    Checkpoint checkpoint =
        Checkpoint.of("first", first).with("random", random).with("second", second);
    checkpoint.save(file(), 1);
    first.value = 10;
    second.value = 20;
    random.nextLong();
    long state = random.state();
    OptionException error = assertThrows(OptionException.class, () -> checkpoint.load(file()));
    assertEquals(
        "no negative numbers\n    checkpoint  " + file() + "  part second\n  hint: none at all",
        error.getMessage());
    assertEquals(10, first.value);
    assertEquals(20, second.value);
    assertEquals(state, random.state());
  }

  private String problem(Checkpoint checkpoint) {
    var error = assertThrows(FileFormatException.class, () -> checkpoint.load(file()));
    return error.problem().substring(file().toString().length() + 2);
  }

  @Test
  void filesOfOtherPartsOrKindsAreExplained() throws IOException {
    Checkpoint model = Checkpoint.of("model", new Number(1));
    model.with("random", new Rng(1)).save(file(), 1);
    assertEquals("metadata: found the parts model,random, expected model", problem(model));
    var missing =
        assertThrows(FileFormatException.class, () -> Checkpoint.stateDict(file(), "optimizer"));
    assertTrue(missing.getMessage().endsWith("expected \"optimizer\" among them"));
    Safetensors.write(file(), new LinkedHashMap<>());
    assertEquals(
        "metadata: found no checkpoint, expected format wengert-checkpoint", problem(model));
    Map<String, String> metadata = new LinkedHashMap<>();
    metadata.put("format", "wengert-checkpoint");
    metadata.put("version", "2");
    Safetensors.write(file(), new LinkedHashMap<>(), metadata);
    assertEquals("metadata: found version \"2\", expected 1", problem(model));
    metadata.put("version", "1");
    metadata.put("step", "-1");
    Safetensors.write(file(), new LinkedHashMap<>(), metadata);
    assertEquals(
        "metadata: found step \"-1\", expected a number of up to 18 digits", problem(model));
  }

  @Test
  void aSaveThatFailsLeavesTheCheckpointBefore() throws IOException {
    Number model = new Number(1);
    Checkpoint.of("model", model).save(file(), 1);
    byte[] before = Files.readAllBytes(file());
    Stateful broken =
        new Stateful() {
          @Override
          public SequencedMap<String, Tensor> stateDict() {
            throw new IllegalStateException("not now");
          }

          @Override
          public void loadStateDict(Map<String, Tensor> state) {}
        };
    Checkpoint both = Checkpoint.of("model", model).with("broken", broken);
    assertThrows(IllegalStateException.class, () -> both.save(file(), 2));
    assertThrows(OptionException.class, () -> Checkpoint.of("model", model).save(file(), -1));
    assertArrayEquals(before, Files.readAllBytes(file()));
  }

  @Test
  void namesOfPartsAreWords() {
    Number part = new Number(1);
    for (String name : List.of("", "a/b", "a,b")) {
      OptionException error = assertThrows(OptionException.class, () -> Checkpoint.of(name, part));
      assertTrue(error.getMessage().startsWith("no part of a checkpoint can be named "));
    }
    OptionException again =
        assertThrows(OptionException.class, () -> Checkpoint.of("model", part).with("model", part));
    assertEquals(
        "the checkpoint has a part \"model\" already\n  hint: each part has a name of its own",
        again.getMessage());
  }

  @Test
  void aGeneratorRefusesWhatIsNoStateOfOne() {
    Rng random = new Rng(5);
    Map<String, Tensor> state = new LinkedHashMap<>();
    OptionException error = assertThrows(OptionException.class, () -> random.loadStateDict(state));
    assertEquals(
        "a generator's state is one tensor, state, but got []\n"
            + "  hint: load what stateDict() of an Rng gave",
        error.getMessage());
    state.put("state", Tensor.of(1.0));
    error = assertThrows(OptionException.class, () -> random.loadStateDict(state));
    assertEquals(
        "a generator's state is INT64 (), but got FLOAT64 ()\n"
            + "  hint: load what stateDict() of an Rng gave",
        error.getMessage());
    assertEquals(5, random.state());
  }
}
