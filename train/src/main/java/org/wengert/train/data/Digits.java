package org.wengert.examples.digits;

import java.util.random.RandomGenerator;

/// Paints digits that look handwritten, so that the example needs no download.
///
/// Each image takes one of several ways to write its digit, jitters the points of the strokes,
/// tilts, slants, stretches and shifts the whole, and inks it with a pen of random thickness on
/// noisy paper. Only exact arithmetic and `StrictMath` are used, and never `nextGaussian` (which
/// may use `Math.exp`): the same generator state gives the same bits on every machine.
public final class DigitPainter {
  private static final double JITTER = 0.08;
  private static final double SOFTEST = 1.9;
  private static final double THICKEST = 1.75;

  private DigitPainter() {}

  /// `count` images, the digits 0 to 9 in turn, so that every class is equally frequent.
  public static DigitImages paint(int count, RandomGenerator random) {
    float[] pixels = new float[Math.multiplyExact(count, DigitImages.PIXELS)];
    int[] labels = new int[count];
    for (int i = 0; i < count; i++) {
      labels[i] = i % DigitImages.CLASSES;
      paint(labels[i], random, pixels, i * DigitImages.PIXELS);
    }
    return new DigitImages(pixels, labels);
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

    Ink ink = new Ink(DigitImages.SIDE, DigitImages.SIDE, THICKEST + SOFTEST / 2);
    ink.draw(written.polylines());
    for (int place = 0; place < DigitImages.PIXELS; place++) {
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
      double middle = DigitImages.SIDE / 2.0;
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
