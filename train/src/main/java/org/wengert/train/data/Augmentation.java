package org.wengert.train.data;

import java.util.function.BiFunction;
import java.util.random.RandomGenerator;
import org.wengert.tensor.OptionException;
import org.wengert.tensor.Rng;
import org.wengert.tensor.Shape;
import org.wengert.tensor.Tensor;

/// A change of an image that leaves what it shows the same, another one each epoch: more data from
/// the same data. For the training part only.
///
/// ```
/// Augmentation change = Augmentation.shift(2).then(Augmentation.rotate(10));
/// Dataset<Sample> augmented = training.map(change.ofInput());
/// ```
///
/// Images are `(height, width)` or `(channels, height, width)`; all channels change alike. Random
/// numbers come from the sample's own generator, so that they depend on seed, epoch and sample, for
/// any number of workers. Immutable and thread-safe.
@FunctionalInterface
public interface Augmentation {
  /// The changed image; a new tensor.
  Tensor apply(Tensor image, RandomGenerator random);

  /// This change, then another one.
  default Augmentation then(Augmentation next) {
    return (image, random) -> next.apply(apply(image, random), random);
  }

  /// The same for the input of samples, as [Dataset#map(BiFunction)] wants it.
  default BiFunction<Sample, RandomGenerator, Sample> ofInput() {
    return (sample, random) -> sample.mapInput(image -> apply(image, random));
  }

  /// Moves the image by whole pixels, up to `most` in each direction; 0 comes in.
  ///
  /// @throws OptionException if `most` is negative
  static Augmentation shift(int most) {
    require(most >= 0, "shift by up to " + most + " pixels", "take 0 or more");
    return (image, random) -> {
      int down = random.nextInt(2 * most + 1) - most;
      int right = random.nextInt(2 * most + 1) - most;
      Picture picture = new Picture(image);
      return picture.window(image.size(-2), image.size(-1), -down, -right);
    };
  }

  /// Mirrors the image, left and right, with this probability.
  ///
  /// @param p from 0 to 1; PyTorch's `RandomHorizontalFlip` takes 0.5
  /// @throws OptionException if `p` is out of range
  static Augmentation flip(double p) {
    require(p >= 0 && p <= 1, "flip with probability " + p, "take 0 to 1");
    return (image, random) -> {
      Picture picture = new Picture(image);
      return random.nextDouble() < p
          ? picture.mirrored()
          : picture.window(image.size(-2), image.size(-1), 0, 0);
    };
  }

  /// Cuts out a part of this size, anywhere, after `padding` rows and columns of 0 were added at
  /// each side.
  ///
  /// @throws OptionException if the size is below 1 or the padding negative, and when applied if
  ///     the image with its padding is smaller
  static Augmentation crop(int height, int width, int padding) {
    require(
        Math.min(height, width) >= 1 && padding >= 0,
        "crop to " + height + " x " + width + " with padding " + padding,
        "take sizes of at least 1, and padding of 0 or more");
    return (image, random) -> {
      Picture picture = new Picture(image);
      int spareRows = image.size(-2) + 2 * padding - height;
      int spareColumns = image.size(-1) + 2 * padding - width;
      require(
          Math.min(spareRows, spareColumns) >= 0,
          "crop " + image.shape() + " with padding " + padding + " to " + height + " x " + width,
          "take a smaller part or more padding");
      int top = random.nextInt(spareRows + 1) - padding;
      int left = random.nextInt(spareColumns + 1) - padding;
      return picture.window(height, width, top, left);
    };
  }

  /// Turns the image around its centre by an angle of up to so many degrees either way, with linear
  /// interpolation between pixels and 0 around them.
  ///
  /// @throws OptionException if the angle is negative or not finite
  static Augmentation rotate(double degrees) {
    require(
        degrees >= 0 && degrees < Double.POSITIVE_INFINITY,
        "rotate by up to " + degrees + " degrees",
        "take 0 or more");
    return (image, random) -> {
      Picture picture = new Picture(image);
      double angle = Math.toRadians(degrees) * (2 * random.nextDouble() - 1);
      return picture.turned(angle);
    };
  }

  /// Adds a normal number of this deviation to each pixel.
  ///
  /// @throws OptionException if the deviation is negative or not finite
  static Augmentation noise(double deviation) {
    require(
        deviation >= 0 && deviation < Double.POSITIVE_INFINITY,
        "noise of deviation " + deviation,
        "take 0 or more");
    return (image, random) -> {
      double[] pixels = image.toDoubleArray();
      double[] noise = Rng.normals(random, pixels.length);
      for (int i = 0; i < pixels.length; i++) {
        pixels[i] += deviation * noise[i];
      }
      Shape shape = image.shape();
      return Tensor.of(pixels).reshape(shape).to(Picture.type(image));
    };
  }

  private static void require(boolean valid, String problem, String hint) {
    if (!valid) {
      throw new OptionException(problem).hint(hint);
    }
  }
}
