package org.wengert.examples;

import org.wengert.Variable;
import org.wengert.examples.digits.DigitImages;
import org.wengert.tensor.Tensor;

/// Makes images from bytes fit for training: over the training images, pixels then have mean 0 and
/// deviation 1. Lecture 4 shows what happens otherwise: badly scaled inputs make learning slow.
///
/// @param mean what is subtracted from each pixel
/// @param deviation by what it is then divided
record Scaling(double mean, double deviation) {

  /// The mean and the standard deviation of all pixels; the deviation is 1 if all are equal.
  static Scaling of(DigitImages images) {
    double sum = 0;
    double squares = 0;
    float[] pixels = images.pixels();
    for (float pixel : pixels) {
      sum += pixel;
      squares += (double) pixel * pixel;
    }
    double mean = sum / pixels.length;
    double variance = squares / pixels.length - mean * mean;
    return new Scaling(mean, variance > 1e-12 ? Math.sqrt(variance) : 1);
  }

  /// The images as inputs of shape `(N, 28, 28)`.
  Variable apply(DigitImages images) {
    float[] pixels = images.pixels();
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (float) ((pixels[i] - mean) / deviation);
    }
    return Variable.constant(
        Tensor.of(pixels).reshape(images.size(), DigitImages.SIDE, DigitImages.SIDE));
  }

  /// The digits that the images show, as targets of shape `(N)`.
  static Variable labels(DigitImages images) {
    return Variable.constant(Tensor.of(images.labels()));
  }
}
