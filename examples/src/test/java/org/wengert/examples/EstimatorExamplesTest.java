package org.wengert.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// [Iris], [Regression] and [DigitsMlp].
class EstimatorExamplesTest {
  @TempDir private Path folder;

  private static Printed run(Callable<Integer> example, String... args) {
    return Printed.by(() -> Launcher.run(example, args));
  }

  private static double number(String pattern, Printed printed) {
    Matcher matcher = Pattern.compile(pattern).matcher(printed.out());
    assertTrue(matcher.find(), printed.out() + printed.err());
    return Double.parseDouble(matcher.group(1));
  }

  @Test
  void inventedIrisesAreToldApart() throws IOException {
    Printed printed = run(new Iris(), "--folds", "2", "--out", folder.toString());
    assertTrue(number("by 2-fold cross-validation ([0-9.]+) %", printed) > 90, printed.out());
    assertTrue(printed.out().contains("true \\ predicted"), printed.out());
    assertTrue(Files.size(folder.resolve("iris.safetensors")) > 1_000);
    assertTrue(Files.readString(folder.resolve("iris.svg")).contains("versicolor"));
  }

  @Test
  void aFileOfOnesOwnIsRead() throws IOException {
    Path file = folder.resolve("fruit.csv");
    String rows =
        Stream.of("1,2,apple", "9,8,pear", "2,1,apple", "8,9,pear", "1,1,apple", "9,9,pear")
            .reduce("size,weight,fruit\n", (text, row) -> text + row + "\n");
    Files.writeString(file, rows);
    List<String> options = List.of("--label", "fruit", "--folds", "3", "--out", folder.toString());
    Printed printed =
        run(
            new Iris(),
            Stream.concat(Stream.of("--data", file.toString()), options.stream())
                .toArray(String[]::new));
    assertTrue(
        printed.out().contains("6 samples, [size, weight], of [apple, pear]"), printed.out());
    assertEquals(100, number("cross-validation ([0-9.]+) %", printed));
  }

  @Test
  void aDamagedFileIsOneLine() throws IOException {
    Path file = folder.resolve("damaged.csv");
    Files.writeString(file, "size,species\nlarge,apple\n");
    Printed printed = run(new Iris(), "--data", file.toString(), "--out", folder.toString());
    assertEquals(2, printed.code());
    assertEquals(1, printed.err().lines().count(), printed.err());
    assertEquals(2, run(new Iris(), "--folds", "1", "--out", folder.toString()).code());
  }

  @Test
  void anEnsembleIsLessSureWhereThereAreNoSamples() throws IOException {
    Printed printed =
        run(new Regression(), "--members", "3", "--samples", "16", "--out", folder.toString());
    double known = number("(?m)^ +-2.0 +\\S+ +\\S+ +([0-9.]+)", printed);
    double gap = number("(?m)^ +0.0 +\\S+ +\\S+ +([0-9.]+) +no samples here", printed);
    assertTrue(gap > 3 * known, printed.out());
    assertTrue(Files.readString(folder.resolve("ensemble.svg")).contains("<svg"));
  }

  @Test
  void digitsNeedNoLoop() {
    Printed printed =
        run(new DigitsMlp(), "--samples", "500", "--epochs", "10", "--out", folder.toString());
    assertTrue(printed.out().startsWith("400 digits to learn from, 100 for the test"));
    assertTrue(number("10 epochs, .*test accuracy ([0-9.]+) %", printed) > 50, printed.out());
    assertTrue(Files.exists(folder.resolve("loss.svg")));
    Printed refused = run(new DigitsMlp(), "--samples", "5", "--out", folder.toString());
    assertEquals("--samples 5: expected 60 to 100000", refused.err().strip());
  }
}
