package org.wengert.train.plot;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.util.Arrays;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.wengert.tensor.Tensor;

/// The pixels of images, and which colours their values have.
///
/// @param values of all images, channel by channel, from 0 to 1; around zero from -1 to 1
/// @param inverted whether large values are dark
@SuppressWarnings("ArrayRecordComponent") // handed over, not compared
record Pixels(
    double[] values,
    int count,
    int channels,
    int height,
    int width,
    Scale scale,
    boolean inverted) {
  private static final int LEAST_SIDE = 84;
  private static final double MOST = 16e6; // pixels of all images together
  private static final Color UNKNOWN = Color.MAGENTA;
  private static final Color POSITIVE = new Color(0xB2, 0x18, 0x2B);
  private static final Color NEGATIVE = new Color(0x21, 0x66, 0xAC);

  /// What the values mean.
  enum Scale {
    /// From the smallest to the largest.
    GREY,
    /// As far above as below zero.
    AROUND_ZERO
  }

  /// All images of a tensor `(count, height, width)` or `(count, channels, height, width)`.
  static Pixels of(Tensor images, Scale scale) {
    double[] values = images.toDoubleArray();
    double[] finite = DoubleStream.of(values).filter(Double::isFinite).toArray();
    double low = DoubleStream.of(finite).min().orElse(0);
    double high = DoubleStream.of(finite).max().orElse(1);
    double zero = scale == Scale.GREY ? low : 0;
    double reach = scale == Scale.GREY ? high - low : Math.max(Math.abs(low), Math.abs(high));
    double[] scaled =
        DoubleStream.of(values).map(v -> (v - zero) / (reach > 0 ? reach : 1)).toArray();
    int rank = images.rank();
    int channels = rank == 4 ? images.size(1) : 1;
    return new Pixels(
        scaled,
        images.size(0),
        channels,
        images.size(rank - 2),
        images.size(rank - 1),
        scale,
        false);
  }

  /// Some images of a tensor.
  static Pixels chosen(Tensor images, int[] indices) {
    Pixels all = of(images, Scale.GREY);
    int size = all.channels * all.height * all.width;
    double[] some =
        IntStream.of(indices)
            .mapToObj(i -> Arrays.copyOfRange(all.values, i * size, (i + 1) * size))
            .flatMapToDouble(DoubleStream::of)
            .toArray();
    return new Pixels(
        some, indices.length, all.channels, all.height, all.width, all.scale, all.inverted);
  }

  Pixels inverse() {
    return new Pixels(values, count, channels, height, width, scale, !inverted);
  }

  private int zoom() {
    return Math.max(1, Math.ceilDiv(LEAST_SIDE, Math.max(height, width)));
  }

  /// Of so many pixels in a row one is shown: many large images would make files that no viewer
  /// opens.
  private int skip() {
    return Math.max(1, (int) Math.ceil(Math.sqrt((double) count * height * width / MOST)));
  }

  /// How wide an image is as it is shown.
  int wide() {
    return Math.max(1, width * zoom() / skip());
  }

  /// How high an image is as it is shown.
  int tall() {
    return Math.max(1, height * zoom() / skip());
  }

  int side() {
    return Math.max(wide(), tall());
  }

  /// An image, enlarged, or made smaller if there are very many.
  BufferedImage image(int index) {
    BufferedImage image = new BufferedImage(wide(), tall(), BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < tall(); y++) {
      for (int x = 0; x < wide(); x++) {
        image.setRGB(x, y, colour(index, y * skip() / zoom(), x * skip() / zoom()).getRGB());
      }
    }
    return image;
  }

  private Color colour(int index, int y, int x) {
    double red = value(index, 0, y, x);
    double green = channels == 1 ? red : value(index, 1, y, x);
    double blue = channels == 1 ? red : value(index, 2, y, x);
    if (!Double.isFinite(red + green + blue)) {
      return UNKNOWN;
    }
    if (scale == Scale.AROUND_ZERO && channels == 1) {
      return Pen.mix(Color.WHITE, red < 0 ? NEGATIVE : POSITIVE, Math.min(1, Math.abs(red)));
    }
    return new Color(shade(red), shade(green), shade(blue));
  }

  private float shade(double value) {
    double light = scale == Scale.GREY ? value : (value + 1) / 2;
    return (float) Math.clamp(inverted ? 1 - light : light, 0, 1);
  }

  private double value(int index, int channel, int y, int x) {
    return values[((index * channels + channel) * height + y) * width + x];
  }
}
