package org.wengert.examples.digits;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DigitPlotsTest {
  @TempDir Path folder;

  private static TrainingHistory history(int steps, double loss, double accuracy) {
    return new TrainingHistory(
        Collections.nCopies(steps, loss),
        List.of(new TrainingHistory.Epoch(Math.max(steps, 1), loss, accuracy)));
  }

  private String drawn(TrainingHistory history) throws Exception {
    Path file = folder.resolve("new/loss.svg");
    DigitPlots.lossCurve(history, "a < b & c", file);
    String svg = Files.readString(file);
    var bytes = new ByteArrayInputStream(Files.readAllBytes(file));
    DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(bytes); // is well-formed
    assertFalse(svg.contains("NaN") || svg.contains("Infinity"), svg);
    return svg;
  }

  @Test
  void theLossCurveNamesItsAxesAndSeries() throws Exception {
    String svg = drawn(history(100, 0.3, 0.97));
    for (String text :
        List.of("a &lt; b &amp; c", "training step", "test loss", "test accuracy", "97.0 %")) {
      assertTrue(svg.contains(text), text);
    }
  }

  @Test
  void emptyDivergedAndVeryLongRunsAreDrawnToo() throws Exception {
    drawn(new TrainingHistory(List.of(), List.of()));
    for (double loss : new double[] {0, 1e-40, 1e-5, 1e40, -1, Double.MAX_VALUE}) {
      drawn(history(3, loss, 0));
    }
    drawn(history(3, Double.NaN, Double.NaN));
    drawn(history(1, Double.POSITIVE_INFINITY, 1));
    assertTrue(drawn(history(300_000, 1, 0.5)).length() < 100_000);
  }

  @Test
  void theLossCurveDoesNotDependOnTheLocale() throws Exception {
    String svg = drawn(history(100, 0.3, 0.97));
    Locale before = Locale.getDefault();
    try {
      Locale.setDefault(Locale.forLanguageTag("ar-EG"));
      assertEquals(svg, drawn(history(100, 0.3, 0.97)));
    } finally {
      Locale.setDefault(before);
    }
  }

  @Test
  void misclassifiedDigitsAreShownAndCaptioned() throws IOException {
    DigitImages images = DigitImages.painted(100, new Random(1));
    int[] predictions = images.labels();
    int allRight = heightFor(images, predictions);
    for (int i = 0; i < 9; i++) {
      predictions[i] = (predictions[i] + 1) % 10;
    }
    assertTrue(heightFor(images, predictions) > allRight, "nine need a second row");
    int[] allWrong = images.labels();
    for (int i = 0; i < 100; i++) {
      allWrong[i] = (allWrong[i] + 1) % 10;
    }
    assertTrue(heightFor(images, allWrong) < 1_000, "no more than 40 are shown");
  }

  private int heightFor(DigitImages images, int[] predictions) throws IOException {
    Path file = folder.resolve("misclassified.png");
    DigitPlots.misclassified(images, predictions, file);
    BufferedImage image = ImageIO.read(file.toFile());
    return image.getHeight();
  }

  @Test
  void predictionsMustBeAsManyAsImages() {
    DigitImages images = DigitImages.painted(3, new Random(1));
    assertThrows(
        IllegalArgumentException.class,
        () -> DigitPlots.misclassified(images, new int[2], folder.resolve("x.png")));
  }

  @Test
  void aSheetHasAsManyColumnsAsAsked() throws IOException {
    Path file = folder.resolve("sheet.png");
    DigitPlots.sheet(DigitImages.painted(10, new Random(1)), 5, file);
    BufferedImage image = ImageIO.read(file.toFile());
    assertEquals(6 + 5 * 62, image.getWidth());
    assertEquals(6 + 2 * 62, image.getHeight());
  }
}
