package org.wengert.train.read;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.wengert.tensor.DType;
import org.wengert.tensor.OptionException;
import org.wengert.tensor.Shape;
import org.wengert.tensor.Storage;
import org.wengert.tensor.Tensor;
import org.wengert.train.data.BatchDataset;
import org.wengert.train.data.Sample;

/// Images of one size in memory, a byte for each number, with their classes. A sample's input is
/// `FLOAT32`, `(channels, height, width)`, from 0 to 1, its target the number of the class, an
/// `INT64` scalar; it is made when it is asked for, so that the whole takes no more than the bytes.
///
/// Immutable; parts share the bytes.
public final class LabelledImages implements BatchDataset<Sample> {
  private static final float[] SHARES = new float[256];

  static {
    for (int value = 0; value < SHARES.length; value++) {
      SHARES[value] = value / 255f;
    }
  }

  private final byte[] pixels;
  private final byte[] labels;
  private final Shape image;
  private final List<String> classes;
  private final int from;
  private final int size;

  /// Takes the arrays as they are.
  ///
  /// @param image the shape of an image, `(channels, height, width)`
  LabelledImages(byte[] pixels, byte[] labels, Shape image, List<String> classes) {
    this(pixels, labels, image, classes, 0, labels.length);
  }

  private LabelledImages(
      byte[] pixels, byte[] labels, Shape image, List<String> classes, int from, int size) {
    this.pixels = pixels;
    this.labels = labels;
    this.image = image;
    this.classes = List.copyOf(classes);
    this.from = from;
    this.size = size;
  }

  /// Images to learn from, and others to measure what was learned.
  ///
  /// @param train the images to learn from
  /// @param test images that training never sees
  public record Split(LabelledImages train, LabelledImages test) {}

  @Override
  public int size() {
    return size;
  }

  @Override
  public Sample get(int index) {
    Tensor input = Tensor.empty(image, DType.FLOAT32);
    copy(index, ((Storage.Floats) input.storage()).array(), 0);
    return new Sample(input, Tensor.of((long) label(index)));
  }

  @Override
  public Sample batch(int... indices) {
    Tensor inputs = Tensor.empty(image.insert(0, indices.length), DType.FLOAT32);
    float[] values = ((Storage.Floats) inputs.storage()).array();
    long[] targets = new long[indices.length];
    for (int i = 0; i < indices.length; i++) {
      copy(indices[i], values, i * image.count());
      targets[i] = label(indices[i]);
    }
    return new Sample(inputs, Tensor.of(targets));
  }

  private void copy(int index, float[] to, int at) {
    int first = (from + Objects.checkIndex(index, size)) * image.count();
    for (int i = 0; i < image.count(); i++) {
      to[at + i] = SHARES[Byte.toUnsignedInt(pixels[first + i])];
    }
  }

  /// The number of the class that image `index` belongs to.
  public int label(int index) {
    return Byte.toUnsignedInt(labels[from + Objects.checkIndex(index, size)]);
  }

  /// The names of the classes, in the order of their numbers.
  public List<String> classes() {
    return classes;
  }

  /// All images as bytes, `UINT8`, `(size, channels, height, width)`; nothing is copied.
  public Tensor pixels() {
    Shape all = image.insert(0, pixels.length / image.count());
    return Tensor.over(new Storage.Bytes(pixels), all).slice(0, from, from + size, 1);
  }

  /// All classes' numbers, `INT64`, `(size)`.
  public Tensor labels() {
    long[] numbers = new long[size];
    Arrays.setAll(numbers, this::label);
    return Tensor.of(numbers);
  }

  /// The first `count` images to learn from, and the rest to be tested on, without copying.
  ///
  /// @throws OptionException if one of the two would have none
  public Split split(int count) {
    if (count < 1 || count >= size) {
      throw new OptionException("the first " + count + " of " + size + " images")
          .hint("take 1 to " + (size - 1) + ", so that there are some on both sides");
    }
    return new Split(part(from, count), part(from + count, size - count));
  }

  private LabelledImages part(int first, int count) {
    return new LabelledImages(pixels, labels, image, classes, first, count);
  }

  @Override
  public String toString() {
    return size + " images " + image + " of " + classes.size() + " classes";
  }
}
