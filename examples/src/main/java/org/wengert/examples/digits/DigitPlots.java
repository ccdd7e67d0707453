package org.wengert.examples.digits;

import java.nio.file.Path;
import java.util.stream.IntStream;

/// Pictures of data and results, written to files.
///
/// They need no display and no fonts. AWT, and with it every chart library drawing through it,
/// fails in a container without fonts ("Fontconfig head is null"); hence the loss curve is SVG,
/// whose text the viewer draws, and captions in PNG files are pen strokes.
public final class DigitPlots {
  private static final int ZOOM = 4;
  private static final int SIDE = DigitImages.SIDE * ZOOM;
  private static final int GAP = 16;
  private static final int COLUMNS = 8;
  private static final int MOST_SHOWN = 40;
  private static final int TRUTH = 0x0072B2;
  private static final int ARROW = 0x606060;
  private static final int PREDICTION = 0xD55E00;

  private DigitPlots() {}

  /// Writes the loss and accuracy of a training run as SVG.
  public static void lossCurve(TrainingHistory history, String title, Path file) {
    LossCurve.of(history, title).write(file);
  }

  /// Writes the images that a model got wrong as PNG, at most 40, captioned "true → predicted".
  public static void misclassified(DigitImages images, int[] predictions, Path file) {
    if (predictions.length != images.size()) {
      throw new IllegalArgumentException(
          predictions.length + " predictions for " + images.size() + " images");
    }
    int[] wrong =
        IntStream.range(0, images.size())
            .filter(i -> images.label(i) != predictions[i])
            .limit(MOST_SHOWN)
            .toArray();
    int rows = Math.ceilDiv(wrong.length, COLUMNS);
    int header = 56;
    int cell = SIDE + 44;
    Sheet sheet = new Sheet(GAP + COLUMNS * (SIDE + GAP), header + Math.max(rows, 1) * cell);
    caption(sheet, "true", "predicted", GAP, GAP);
    for (int i = 0; i < wrong.length; i++) {
      int left = GAP + i % COLUMNS * (SIDE + GAP);
      int top = header + i / COLUMNS * cell;
      sheet.show(images, wrong[i], left, top, ZOOM);
      String truth = "" + images.label(wrong[i]);
      caption(sheet, truth, "" + predictions[wrong[i]], left + 24, top + SIDE + 8);
    }
    sheet.save(file);
  }

  private static void caption(Sheet sheet, String truth, String prediction, int left, int top) {
    int size = 18;
    int next = sheet.write(truth + " ", left, top, size, TRUTH);
    next = sheet.write("→ ", next, top, size, ARROW);
    sheet.write(prediction, next, top, size, PREDICTION);
  }

  /// Writes a sheet of images as PNG, as many as `columns` in a row, in their order.
  public static void sheet(DigitImages images, int columns, Path file) {
    int zoom = 2;
    int step = DigitImages.SIDE * zoom + 6;
    int rows = Math.ceilDiv(images.size(), columns);
    Sheet sheet = new Sheet(6 + columns * step, 6 + Math.max(rows, 1) * step);
    for (int i = 0; i < images.size(); i++) {
      sheet.show(images, i, 6 + i % columns * step, 6 + i / columns * step, zoom);
    }
    sheet.save(file);
  }
}
