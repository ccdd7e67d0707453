package org.wengert.examples;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.wengert.Variable;
import org.wengert.io.Checkpoint;
import org.wengert.tensor.DType;
import org.wengert.tensor.Rng;
import org.wengert.tensor.Shape;
import org.wengert.tensor.Tensor;

class MnistConvNetTest {
  private static final List<String> PICTURES =
      List.of("misclassified", "confusion", "filters", "weights", "gradients");

  @TempDir private Path folder;

  private Printed run(String... args) {
    return Printed.by(() -> Launcher.run(new MnistConvNet(), args));
  }

  @Test
  void aFewDigitsAreEnoughToLearnMost() throws IOException {
    String out = folder.toString();
    Printed printed = run("--samples", "1200", "--epochs", "2", "--batch", "16", "--out", out);
    assertEquals(0, printed.code(), printed.err());
    assertTrue(DigitsTest.accuracy(printed) > 85, printed.out());
    assertTrue(printed.out().contains("validation accuracy"), printed.out());
    assertTrue(printed.err().contains("2 epochs done"), printed.err());
    assertTrue(Files.readString(folder.resolve("curves.svg")).contains("LeNet: sgd, learning"));
    for (String name : PICTURES) {
      assertTrue(ImageIO.read(folder.resolve(name + ".png").toFile()).getWidth() > 300, name);
    }
    assertEquals(3, Files.readAllLines(folder.resolve("epochs.csv")).size());
    assertTrue(Files.readString(folder.resolve("log.jsonl")).contains("\"gradientNorm\":"));
    String report = Files.readString(folder.resolve("report.html"));
    assertTrue(
        report.contains("--optimizer \\u003d sgd") && report.contains("true \\\\ predicted"));
    for (String tag : List.of("weights/features.0.weight", "gradients/classifier.2.bias")) {
      assertTrue(events().contains(tag), tag);
    }
    PICTURES.forEach(name -> assertTrue(events().contains(name), name));
    LeNet model = new LeNet(new Rng(1));
    model.loadStateDict(Checkpoint.stateDict(folder.resolve("best.safetensors"), "model"));
    assertTrue(model.stateDict().containsKey("features.1.running_var"));
  }

  /// The file of TensorBoard's run `train`, in which tags stand as they are.
  private String events() {
    try (Stream<Path> files = Files.list(folder.resolve("tensorboard/train"))) {
      Path file = files.findFirst().orElseThrow();
      return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void aTrainingThatIsDoneIsResumedToTheSameNumbers() {
    String[] args = {
      "--samples", "300", "--epochs", "1", "--out", folder.toString(), "--resume", "--live"
    };
    Printed printed = run(args);
    assertTrue(printed.err().contains("live page: http://127.0.0.1:"), printed.err());
    String first = printed.out();
    String again = run(args).out();
    assertTrue(again.contains("goes on after step 4, 1 of 1 epochs done, from "), again);
    assertEquals(last(first), last(again));
  }

  private static String last(String printed) {
    return printed.lines().reduce("", (before, line) -> line);
  }

  @Test
  void anImageIsReadTheSameAloneAndAmongOthers() {
    LeNet model = new LeNet(new Rng(1));
    model.eval();
    Variable images =
        Variable.constant(Tensor.rand(Shape.of(3, 28, 28), DType.FLOAT32, new Rng(2)));
    Variable together = model.forward(images);
    assertEquals(Shape.of(3, 10), together.shape());
    for (int i = 0; i < 3; i++) {
      assertArrayEquals(
          together.select(0, i).value().toFloatArray(),
          model.forward(images.select(0, i).reshape(1, 1, 28, 28)).value().toFloatArray(),
          1e-5f);
    }
  }

  @Test
  void helpShowsItsOwnOptions() {
    Printed printed = run("--help");
    assertTrue(printed.out().contains("default target/mnist"), printed.out());
    assertTrue(printed.out().contains("--resume"), printed.out());
    Printed refused = run("--workers", "-1");
    assertEquals("--workers -1: expected 0 to 64", refused.err().strip());
  }
}
