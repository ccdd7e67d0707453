package org.wengert.train.plot;

import java.awt.Color;
import java.awt.Graphics2D;
import java.util.List;
import java.util.Locale;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.wengert.tensor.OptionException;
import org.wengert.tensor.ShapeException;
import org.wengert.tensor.Tensor;

/// Images in rows, enlarged, with captions: samples, first-layer filters, what a model got wrong.
/// The smallest value of all is black, the largest white; values that are not finite are magenta.
///
/// ```java
/// ImageSheet.of("digits", images).ink().save(Path.of("digits.png"));
/// ImageSheet.misclassified("wrong", images, labels, predictions, names).save(file);
/// ```
public final class ImageSheet implements Plot {
  private static final int MOST = 400;
  private static final int MOST_WRONG = 40;
  private static final int GAP = 14;
  private static final int HEAD = 48;
  private static final int WIDTH = 960;
  private static final Color TRUTH = Pen.colour(0);
  private static final Color PREDICTION = Pen.colour(1);

  private final String title;
  private final Pixels pixels;
  private final List<String> captions;
  private final List<String> corrections;
  private final int columns;

  private ImageSheet(
      String title, Pixels pixels, List<String> captions, List<String> corrections, int columns) {
    this.title = title;
    this.pixels = pixels;
    this.captions = List.copyOf(captions);
    this.corrections = List.copyOf(corrections);
    this.columns = columns;
  }

  /// Images, `(count, height, width)`, `(count, 1, height, width)` grey or `(count, 3, height,
  /// width)` in colours, in their order, about as many in a row as a screen has room for.
  ///
  /// @throws ShapeException if the images have another shape, or there are none or more than 400
  public static ImageSheet of(String title, Tensor images) {
    check(images);
    if (images.size(0) > MOST) {
      throw new ShapeException(images.size(0) + " images on one sheet")
          .hint("take some, such as images.slice(0, 0, 100, 1)");
    }
    return sheet(title, Pixels.of(images, Pixels.Scale.GREY));
  }

  private static int channels(Tensor images) {
    return images.rank() == 4 ? images.size(1) : 1;
  }

  private static void check(Tensor images) {
    boolean known = images.rank() == 3 || images.rank() == 4;
    if (images.count() == 0 || !known || channels(images) != 1 && channels(images) != 3) {
      throw new ShapeException("images of shape " + images.shape())
          .hint("give (count, height, width), or (count, channels, height, width) with 1 or 3");
    }
  }

  private static ImageSheet sheet(String title, Pixels pixels) {
    int columns = Math.clamp((WIDTH - GAP) / (pixels.side() + GAP), 1, Math.max(1, pixels.count()));
    return new ImageSheet(title, pixels, List.of(), List.of(), columns);
  }

  /// The weights of a first layer as images, zero white, positive red and negative blue. Those of a
  /// convolution, `(out, in, height, width)`, are shown in their colours if `in` is 3; of other
  /// inputs each channel is an image. Those of a linear layer, `(out, in)`, are shown as squares.
  /// Of more than 400 images the first are shown.
  ///
  /// @throws ShapeException if the weights have another shape, or `in` is no square
  public static ImageSheet filters(String title, Tensor weights) {
    int side = weights.rank() == 2 ? (int) Math.round(Math.sqrt(weights.size(1))) : 0;
    boolean square = weights.rank() == 2 && side * side == weights.size(1);
    if (weights.count() == 0 || !(square || weights.rank() == 4)) {
      throw new ShapeException("filters of shape " + weights.shape())
          .hint("reshape the weights to (count, height, width) or (out, in, height, width)");
    }
    if (weights.rank() == 4 && weights.size(1) == 3) {
      Tensor some = weights.slice(0, 0, Math.min(MOST, weights.size(0)), 1);
      return sheet(title, Pixels.of(some, Pixels.Scale.AROUND_ZERO));
    }
    Tensor images =
        square
            ? weights.reshape(weights.size(0), side, side)
            : weights.reshape(weights.size(0) * weights.size(1), weights.size(2), weights.size(3));
    Tensor some = images.slice(0, 0, Math.min(MOST, images.size(0)), 1);
    return sheet(title, Pixels.of(some, Pixels.Scale.AROUND_ZERO));
  }

  /// The first 40 images that a model got wrong, captioned "true → predicted".
  ///
  /// @param images as in [#of]
  /// @param truth their classes
  /// @param predicted what the model took them for
  /// @param classes names of the classes; none for their numbers
  /// @throws ShapeException if the images have another shape, there are none, or not as many labels
  ///     and predictions as images
  /// @throws OptionException if a class has no name
  public static ImageSheet misclassified(
      String title, Tensor images, int[] truth, int[] predicted, List<String> classes) {
    check(images);
    int count = images.size(0);
    if (truth.length != count || predicted.length != count) {
      throw new ShapeException(
              "%d images, %d labels, %d predictions"
                  .formatted(count, truth.length, predicted.length))
          .hint("give one label and one prediction for each image");
    }
    IntFunction<String> name = c -> name(c, classes);
    int[] wrong = IntStream.range(0, count).filter(i -> truth[i] != predicted[i]).toArray();
    int[] shown = IntStream.of(wrong).limit(MOST_WRONG).toArray();
    ImageSheet sheet =
        sheet(
            String.format(Locale.ROOT, "%s: %,d of %,d", title, wrong.length, count),
            Pixels.chosen(images, shown));
    return new ImageSheet(
        sheet.title,
        sheet.pixels,
        IntStream.of(shown).mapToObj(i -> name.apply(truth[i])).toList(),
        IntStream.of(shown).mapToObj(i -> name.apply(predicted[i])).toList(),
        sheet.columns);
  }

  private static String name(int number, List<String> classes) {
    if (classes.isEmpty()) {
      return "" + number;
    }
    if (number < 0 || number >= classes.size()) {
      throw new OptionException("class " + number + " of " + classes.size() + " names")
          .hint("give a name for each class from 0, or none");
    }
    return classes.get(number);
  }

  /// This with large values as dark ink on light paper, as digits are written.
  public ImageSheet ink() {
    return new ImageSheet(title, pixels.inverse(), captions, corrections, columns);
  }

  /// This with so many images in a row.
  ///
  /// @throws OptionException if there are none
  public ImageSheet columns(int count) {
    if (count < 1) {
      throw new OptionException("a sheet with " + count + " columns").hint("give 1 or more");
    }
    return new ImageSheet(title, pixels, captions, corrections, Math.min(count, pixels.count()));
  }

  /// This with a line under each image.
  ///
  /// @throws OptionException if there are not as many lines as images
  public ImageSheet captions(List<String> lines) {
    if (lines.size() != pixels.count()) {
      throw new OptionException(lines.size() + " captions for " + pixels.count() + " images")
          .hint("give one for each");
    }
    return new ImageSheet(title, pixels, lines, corrections, columns);
  }

  private int row() {
    return pixels.tall() + GAP + (captions.isEmpty() ? 0 : stacked() ? 38 : 20);
  }

  /// Whether names are too long to stand beside each other.
  private boolean stacked() {
    return Stream.concat(captions.stream(), corrections.stream()).anyMatch(t -> t.length() > 3)
        && !corrections.isEmpty();
  }

  @Override
  public String title() {
    return title;
  }

  @Override
  public int width() {
    return Math.max(GAP + columns * (pixels.wide() + GAP), 320);
  }

  @Override
  public int height() {
    return HEAD + Math.ceilDiv(pixels.count(), columns) * row() + GAP / 2;
  }

  @Override
  public void paint(Graphics2D graphics) {
    Pen.clear(graphics, width(), height());
    graphics.setColor(Pen.INK);
    graphics.setFont(Pen.TITLE);
    Pen.write(graphics, title, GAP, 32, 0, width() - 2.0 * GAP);
    graphics.setFont(Pen.SMALL);
    for (int i = 0; i < pixels.count(); i++) {
      int left = GAP + i % columns * (pixels.wide() + GAP);
      int top = HEAD + i / columns * row();
      graphics.drawImage(pixels.image(i), left, top, null);
      graphics.setColor(new Color(0xC0, 0xC0, 0xC0));
      graphics.drawRect(left - 1, top - 1, pixels.wide() + 1, pixels.tall() + 1);
      if (!captions.isEmpty()) {
        caption(graphics, i, left, top + pixels.tall() + 18);
      }
    }
  }

  private void caption(Graphics2D graphics, int image, int left, int line) {
    double middle = left + pixels.wide() / 2.0;
    double room = pixels.wide() + GAP - 4.0;
    String first = captions.get(image);
    if (corrections.isEmpty()) {
      graphics.setColor(Pen.INK);
      Pen.write(graphics, first, middle, line, 0.5, room);
      return;
    }
    String second = "→ " + corrections.get(image);
    graphics.setColor(TRUTH);
    Pen.write(graphics, first, stacked() ? middle : middle - 11, line, stacked() ? 0.5 : 1, room);
    graphics.setColor(PREDICTION);
    if (stacked()) {
      Pen.write(graphics, second, middle, line + 18, 0.5, room);
    } else {
      Pen.write(graphics, second, middle - 6, line, 0, room);
    }
  }
}
