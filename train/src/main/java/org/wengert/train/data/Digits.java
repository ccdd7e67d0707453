package org.wengert.train.data;

import java.util.random.RandomGenerator;
import org.wengert.tensor.OptionException;
import org.wengert.tensor.Tensor;
import org.wengert.train.ink.Glyph;
import org.wengert.train.ink.Handwriting;
import org.wengert.train.ink.Ink;

/// Paints digits that look handwritten, so that nothing needs to be downloaded.
///
/// Each image takes one of several ways to write its digit, jitters the points of the strokes,
/// tilts, slants, stretches and shifts the whole, and inks it with a pen of random thickness on
/// noisy paper. Only exact arithmetic and `StrictMath` are used, and never `nextGaussian` (which
/// may use `Math.exp`): the same generator state gives the same bits on every machine.
public final class Digits {
  /// Rows, and columns, of one image.
  public static final int SIDE = 28;

  /// Number of classes, the digits 0 to 9.
  public static final int CLASSES = 10;

  private static final int PIXELS = SIDE * SIDE;
  private static final double JITTER = 0.08;
  private static final double SOFTEST = 1.9;
  private static final double THICKEST = 1.75;

  private Digits() {}

  /// `count` images, the digits 0 to 9 in turn, so that every class is equally frequent: inputs
  /// `FLOAT32` `(count, 28, 28)`, from 0 (paper) to 1 (ink), classes `INT64` `(count)`.
  ///
  /// @throws OptionException if `count` is below 1
  public static TensorDataset<Sample> paint(int count, RandomGenerator random) {
    if (count < 1) {
      throw new OptionException(count + " images").hint("take at least 1");
    }
    float[] pixels = new float[Math.multiplyExact(count, PIXELS)];
    long[] classes = new long[count];
    for (int i = 0; i < count; i++) {
      classes[i] = i % CLASSES;
      paint(i % CLASSES, random, pixels, i * PIXELS);
    }
    return TensorDataset.of(Tensor.of(pixels).reshape(count, SIDE, SIDE), Tensor.of(classes));
  }

  private static void paint(int digit, RandomGenerator random, float[] pixels, int start) {
    var variants = Handwriting.variants(digit);
    Glyph glyph = variants.get(random.nextInt(variants.size()));
    Pose pose = Pose.random(random);
    Glyph written =
        glyph.map(
            point -> {
              double x = point.x() + around(0, JITTER, random);
              double y = point.y() + around(0, JITTER, random);
              return pose.place(point.at(x, y));
            });
    double radius = random.nextDouble(0.75, THICKEST);
    double softness = random.nextDouble(0.9, SOFTEST);
    double strength = random.nextDouble(0.75, 1);
    double noise = random.nextDouble(0.02, 0.25);

    Ink ink = new Ink(SIDE, SIDE, THICKEST + SOFTEST / 2);
    ink.draw(written.polylines());
    for (int place = 0; place < PIXELS; place++) {
      double grey = strength * ink.darkness(place, radius, softness);
      double grain = noise * (random.nextDouble() - 0.5);
      pixels[start + place] = (float) Math.clamp(grey + grain, 0.0, 1.0);
    }
  }

  /// A bell-shaped random number within `spread` of `centre`: the mean of three uniform ones.
  private static double around(double centre, double spread, RandomGenerator random) {
    double sum = random.nextDouble() + random.nextDouble() + random.nextDouble();
    return centre + spread * (2 * sum / 3 - 1);
  }

  /// Where and how a digit sits on the paper: `A · (point - ½) + b`, in pixels.
  private record Pose(double xx, double xy, double yx, double yy, double shiftX, double shiftY) {

    static Pose random(RandomGenerator random) {
      double width = around(17.5, 5, random);
      double height = around(19, 3.5, random);
      double angle = around(0, 0.35, random);
      double slant = around(0.08, 0.45, random);
      double cosine = StrictMath.cos(angle);
      double sine = StrictMath.sin(angle);
      double middle = SIDE / 2.0;
      return new Pose(
          width * cosine,
          -height * (slant * cosine + sine),
          width * sine,
          height * (cosine - slant * sine),
          middle + around(0, 3.6, random),
          middle + around(0, 3, random));
    }

    Glyph.Point place(Glyph.Point point) {
      double x = point.x() - 0.5;
      double y = point.y() - 0.5;
      return point.at(xx * x + xy * y + shiftX, yx * x + yy * y + shiftY);
    }
  }
}
