package org.wengert.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.wengert.io.Safetensors;

class DigitsTest {
  @TempDir private Path folder;

  private Printed run(String... args) {
    List<String> all = new ArrayList<>(List.of(args));
    if (!all.contains("--out")) {
      all.addAll(List.of("--out", folder.resolve("out").toString()));
    }
    return Printed.by(() -> Launcher.run(new Digits(), all.toArray(String[]::new)));
  }

  private void assertRefused(String line, String... args) {
    Printed printed = run(args);
    assertEquals(line + System.lineSeparator(), printed.err());
    assertEquals("", printed.out());
    assertEquals(2, printed.code());
  }

  static double accuracy(Printed printed) {
    var last = Pattern.compile("test accuracy ([0-9.]+) %, test loss [0-9.]+\\R$");
    var matcher = last.matcher(printed.out());
    assertTrue(matcher.find(), printed.out() + printed.err());
    return Double.parseDouble(matcher.group(1));
  }

  @Test
  void twoEpochsOnFewDigitsLearnMostAndLeavePicturesAndWeights() throws IOException {
    Printed printed = run("--samples", "2400", "--epochs", "2", "--batch", "16");
    assertTrue(accuracy(printed) > 80, printed.out());
    assertTrue(printed.out().contains("55,050 parameters"), printed.out());
    assertTrue(printed.out().contains("2,000 painted digits to learn from, 400 for the test"));
    assertTrue(printed.out().contains("true \\ predicted"), printed.out());
    assertTrue(printed.err().contains(" samples/s, "), printed.err());
    assertEquals(0, printed.code());
    Path out = folder.resolve("out");
    assertTrue(Files.readString(out.resolve("curves.svg")).startsWith("<svg"));
    String report = Files.readString(out.resolve("report.html"));
    assertTrue(report.contains("--samples \\u003d 2400") && report.contains("(64, 784)"));
    assertTrue(Files.size(out.resolve("misclassified.png")) > 1_000);
    assertEquals(
        List.of("fc1.weight", "fc1.bias", "fc2.weight", "fc2.bias", "fc3.weight", "fc3.bias"),
        List.copyOf(Safetensors.read(out.resolve("weights.safetensors")).keySet()));
  }

  @Test
  void theSameSeedGivesTheSameNumbersAndAnotherSeedOthers() {
    String[] args = {"--samples", "300", "--epochs", "2", "--seed", "7"};
    String first = lastLine(run(args));
    assertEquals(first, lastLine(run(args)));
    args[5] = "8";
    assertTrue(!first.equals(lastLine(run(args))), first);
  }

  private static String lastLine(Printed printed) {
    return printed.out().lines().reduce("", (before, line) -> line);
  }

  @ParameterizedTest
  @ValueSource(strings = {"sgd", "adam", "adamw", "rmsprop"})
  void everyOptimizerLearns(String optimizer) {
    String[] args = {
      "--samples", "1200", "--epochs", "3", "--batch", "8", "--optimizer", optimizer
    };
    assertTrue(accuracy(run(args)) > 60);
  }

  @Test
  void aBatchMayBeLargerThanTheData() {
    accuracy(run("--samples", "60", "--epochs", "1", "--batch", "2147483647"));
  }

  @Test
  void aRunThatDivergesIsReportedToTheEnd() {
    Printed printed = run("--samples", "60", "--epochs", "2", "--lr", "1e30");
    assertTrue(printed.out().strip().endsWith("test loss NaN"), printed.out() + printed.err());
    assertEquals(0, printed.code());
  }

  @Test
  void mnistFilesAreReadAndNamed() throws IOException {
    writeMnist(60);
    Printed printed = run("--data", folder.toString(), "--epochs", "1", "--live");
    accuracy(printed);
    assertTrue(printed.err().contains("live page: http://127.0.0.1:"), printed.err());
    assertTrue(printed.out().contains("48 digits of " + folder + " to learn from, 12 for"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          --epochs    | 0      | --epochs 0: expected at least 1
          --batch     | 0      | --batch 0: expected at least 1
          --batch     | -5     | --batch -5: expected at least 1
          --lr        | NaN    | --lr NaN: expected a number above 0
          --lr        | 0      | --lr 0.0: expected a number above 0
          --lr        | -1     | --lr -1.0: expected a number above 0
          --lr        | 1e999  | --lr Infinity: expected a number above 0
          --samples   | 59     | --samples 59: expected 60 to 100000
          --samples   | 100001 | --samples 100001: expected 60 to 100000
          --epochs    | many   | Invalid value for option '--epochs': 'many' is not an int
          --seed      | 1.5    | Invalid value for option '--seed': '1.5' is not a long
          """)
  void aBadNumberIsOneLine(String option, String value, String line) {
    assertRefused(line, option, value);
  }

  @Test
  void anUnknownOptionOrOptimizerOrAStrayWordIsOneLine() {
    assertRefused("Unknown option: '--epoch=3'", "--epoch=3");
    assertRefused("Unmatched argument at index 0: 'train'", "train");
    assertRefused(
        "Missing required parameter for option '--lr' (RATE)", "--out", folder.toString(), "--lr");
    assertRefused(
        "Invalid value for option '--optimizer': expected one of [SGD, ADAM, ADAMW, RMSPROP]"
            + " (case-insensitive) but was 'adagrad'",
        "--optimizer",
        "adagrad");
    assertRefused("Unmatched argument at index 0: 'a b'", "a\nb");
  }

  @Test
  void paintedDigitsAndAFolderOfDigitsExcludeEachOther() {
    assertRefused(
        "--samples 100: expected no --data, whose digits are not painted",
        "--samples",
        "100",
        "--data",
        folder.toString());
  }

  @Test
  void aFolderThatCannotBeWrittenIsOneLine() throws IOException {
    Path file = Files.createFile(folder.resolve("file"));
    assertRefused(
        "--out " + file + ": cannot be written (it is a file), expected a folder to write into",
        "--out",
        file.toString());
    Path below = file.resolve("below");
    Printed printed = run("--out", below.toString());
    assertTrue(printed.err().startsWith("--out " + below + ": cannot be written ("), printed.err());
    assertEquals(1, printed.err().lines().count());
    assertEquals(2, printed.code());
  }

  @Test
  void missingAndDamagedDataAreOneLine() throws IOException {
    Path none = folder.resolve("none");
    assertRefused("NotDirectoryException: " + none, "--data", none.toString());
    writeMnist(60);
    Path labels = folder.resolve("t10k-labels-idx1-ubyte");
    byte[] good = Files.readAllBytes(labels);
    byte[] bad = good.clone();
    bad[8 + 3] = 10;
    Files.write(labels, bad);
    assertRefused(
        labels + ", byte 11: found label 10, expected 0 to 9", "--data", folder.toString());
    Files.write(labels, Arrays.copyOf(good, 30));
    assertRefused(
        labels
            + ", whole file: found 30 bytes, expected 68, for 60 elements of shape [60]"
            + "   hint: it was cut off or is damaged; fetch it again",
        "--data",
        folder.toString());
  }

  private void writeMnist(int count) throws IOException {
    ByteBuffer images = ByteBuffer.allocate(16 + 784 * count);
    images.putInt(0x803).putInt(count).putInt(28).putInt(28);
    ByteBuffer labels = ByteBuffer.allocate(8 + count).putInt(0x801).putInt(count);
    for (int i = 0; i < count; i++) {
      images.put(16 + 784 * i + 50 * (i % 10), (byte) 255);
      labels.put((byte) (i % 10));
    }
    Files.write(folder.resolve("t10k-images-idx3-ubyte"), images.array());
    Files.write(folder.resolve("t10k-labels-idx1-ubyte"), labels.array());
  }
}
