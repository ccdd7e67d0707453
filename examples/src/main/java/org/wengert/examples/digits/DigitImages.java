package org.wengert.examples.digits;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.wengert.train.data.Digits;
import org.wengert.train.data.Sample;
import org.wengert.train.read.LabelledImages;

/// `n` grey images of `28 x 28` pixels and the digit that each one shows.
///
/// Pixels run from 0 (paper) to 1 (ink). The data never changes, so a subset shares it with the
/// whole and costs nothing.
public final class DigitImages {

  /// Rows, and columns, of one image.
  public static final int SIDE = 28;

  /// Pixels of one image, `28 · 28`.
  public static final int PIXELS = SIDE * SIDE;

  /// Number of classes, the digits 0 to 9.
  public static final int CLASSES = 10;

  private final float[] pixels;
  private final int[] labels;
  private final int from;
  private final int size;

  /// Takes the arrays as they are: the caller must forget them.
  DigitImages(float[] pixels, int[] labels) {
    this(pixels, labels, 0, labels.length);
  }

  private DigitImages(float[] pixels, int[] labels, int from, int size) {
    this.pixels = pixels;
    this.labels = labels;
    this.from = from;
    this.size = size;
  }

  /// Images from row-major `[n, 28, 28]` pixels in 0..1 and `n` labels in 0..9, both copied.
  public static DigitImages of(float[] pixels, int[] labels) {
    if (pixels.length != (long) PIXELS * labels.length) {
      throw new IllegalArgumentException(
          pixels.length + " pixels do not make " + labels.length + " images of " + PIXELS);
    }
    for (int label : labels) {
      if (label < 0 || label >= CLASSES) {
        throw new IllegalArgumentException("label " + label + " is not a digit from 0 to 9");
      }
    }
    for (float pixel : pixels) {
      if (!(pixel >= 0 && pixel <= 1)) {
        throw new IllegalArgumentException("pixel " + pixel + " is not between 0 and 1");
      }
    }
    return new DigitImages(pixels.clone(), labels.clone());
  }

  /// `count` images that look handwritten, see [Digits].
  public static DigitImages painted(int count, RandomGenerator random) {
    Sample all = Digits.paint(count, random).all();
    int[] labels = Arrays.stream(all.target().toLongArray()).mapToInt(Math::toIntExact).toArray();
    return new DigitImages(all.input().toFloatArray(), labels);
  }

  /// Grey images of this size, as bytes, from files.
  public static DigitImages of(LabelledImages images) {
    int[] all = IntStream.range(0, images.size()).toArray();
    float[] pixels = images.batch(all).input().toFloatArray();
    return new DigitImages(pixels, IntStream.of(all).map(images::label).toArray());
  }

  /// Number of images.
  public int size() {
    return size;
  }

  /// A fresh copy of all pixels, row-major `[size, 28, 28]`.
  public float[] pixels() {
    return Arrays.copyOfRange(pixels, from * PIXELS, (from + size) * PIXELS);
  }

  /// The grey value of one pixel, 0 (paper) to 1 (ink).
  public float pixel(int image, int row, int column) {
    int place = checked(image) * PIXELS;
    return pixels[place + checkedSide(row) * SIDE + checkedSide(column)];
  }

  /// A fresh copy of all labels.
  public int[] labels() {
    return Arrays.copyOfRange(labels, from, from + size);
  }

  /// The digit that image `image` shows.
  public int label(int image) {
    return labels[checked(image)];
  }

  /// Images `from` (included) to `to` (excluded), without copying.
  public DigitImages subset(int from, int to) {
    Objects.checkFromToIndex(from, to, size);
    return new DigitImages(pixels, labels, this.from + from, to - from);
  }

  /// The images at these positions, in this order: a batch, or the ones a model got wrong.
  public DigitImages select(int... positions) {
    float[] chosen = new float[Math.multiplyExact(positions.length, PIXELS)];
    int[] names = new int[positions.length];
    for (int i = 0; i < positions.length; i++) {
      int source = checked(positions[i]);
      System.arraycopy(pixels, source * PIXELS, chosen, i * PIXELS, PIXELS);
      names[i] = labels[source];
    }
    return new DigitImages(chosen, names);
  }

  /// The same images in random order; the same generator state gives the same order everywhere.
  public DigitImages shuffled(RandomGenerator random) {
    int[] order = new int[size];
    for (int i = 0; i < size; i++) { // Fisher-Yates, inside out
      int j = random.nextInt(i + 1);
      order[i] = order[j];
      order[j] = i;
    }
    return select(order);
  }

  /// The images in order, `size` at a time; the last batch may be smaller. Nothing is copied.
  public List<DigitImages> batches(int size) {
    if (size < 1) {
      throw new IllegalArgumentException("batches of " + size + " images");
    }
    List<DigitImages> batches = new ArrayList<>();
    for (int start = 0; start < this.size; start += Math.min(size, this.size - start)) {
      batches.add(subset(start, start + Math.min(size, this.size - start)));
    }
    return batches;
  }

  /// The first `trainSize` images to learn from, and the rest to be tested on.
  public DigitSplit split(int trainSize) {
    return new DigitSplit(subset(0, trainSize), subset(trainSize, size));
  }

  @Override
  public String toString() {
    return "DigitImages[" + size + "]";
  }

  private int checked(int image) {
    return from + Objects.checkIndex(image, size);
  }

  private static int checkedSide(int index) {
    return Objects.checkIndex(index, SIDE);
  }
}
