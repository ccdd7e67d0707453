package org.wengert.examples;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.wengert.Variable;
import org.wengert.io.Checkpoint;
import org.wengert.tensor.DType;
import org.wengert.tensor.Rng;
import org.wengert.tensor.Shape;
import org.wengert.tensor.Tensor;

class MnistConvNetTest {
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
    assertTrue(Files.size(folder.resolve("misclassified.png")) > 1000);
    assertTrue(Files.isDirectory(folder.resolve("tensorboard")));
    LeNet model = new LeNet(new Rng(1));
    model.loadStateDict(Checkpoint.stateDict(folder.resolve("best.safetensors"), "model"));
    assertTrue(model.stateDict().containsKey("features.1.running_var"));
  }

  @Test
  void aTrainingThatIsDoneIsResumedToTheSameNumbers() {
    String[] args = {"--samples", "300", "--epochs", "1", "--out", folder.toString(), "--resume"};
    String first = run(args).out();
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
    assertEquals("--workers -1: expected 0 or more", refused.err().strip());
  }
}
