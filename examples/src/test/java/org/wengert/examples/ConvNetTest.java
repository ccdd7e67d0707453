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
import org.wengert.io.Safetensors;
import org.wengert.tensor.DType;
import org.wengert.tensor.Rng;
import org.wengert.tensor.Shape;
import org.wengert.tensor.Tensor;

/// [ConvNet], whose training [DigitsTest] examines.
class ConvNetTest {
  @TempDir private Path folder;

  private Printed run(String... args) {
    return Printed.by(() -> Launcher.run(new ConvNet(), args));
  }

  @Test
  void oneEpochOnFewDigitsBeatsTheNetworkWithoutConvolutions() throws IOException {
    String out = folder.toString();
    String[] args = {"--samples", "1200", "--epochs", "1", "--batch", "16", "--out", out};
    Printed printed = run(args);
    assertEquals(0, printed.code(), printed.err());
    assertTrue(printed.out().contains("117,162 parameters"), printed.out());
    double accuracy = DigitsTest.accuracy(printed);
    assertTrue(accuracy > 88, printed.out());
    assertTrue(
        accuracy > DigitsTest.accuracy(Printed.by(() -> Launcher.run(new Digits(), args))) + 4);
  }

  @Test
  void weightsAndRunningStatisticsAreKeptBesideThePictures() throws IOException {
    String out = folder.toString();
    Printed printed = run("--samples", "60", "--epochs", "1", "--out", out);
    assertEquals(0, printed.code(), printed.err());
    assertTrue(Files.readString(folder.resolve("loss.svg")).contains(">LeNet: sgd, learning rate"));
    assertTrue(Files.exists(folder.resolve("misclassified.png")));
    LeNet model = new LeNet(new Rng(1));
    model.loadStateDict(Safetensors.read(folder.resolve("weights.safetensors")));
    assertTrue(model.stateDict().containsKey("features.1.running_var"));
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
  void helpShowsItsOwnFolder() {
    Printed printed = run("--help");
    assertTrue(printed.out().contains("default target/convnet"), printed.out());
    assertTrue(printed.out().indexOf("--out") < printed.out().indexOf("--seed"), printed.out());
  }
}
