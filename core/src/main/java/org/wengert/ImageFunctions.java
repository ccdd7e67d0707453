package org.wengert;

import java.util.Arrays;
import org.wengert.backend.Taps;
import org.wengert.tensor.OptionException;
import org.wengert.tensor.Shape;
import org.wengert.tensor.ShapeException;
import org.wengert.tensor.WengertException;

/// The functions of [F] that change the resolution of images: interpolation along each axis of the
/// plane, and exchanges between channels and places. Operands are `(samples, channels, plane..)`.
abstract class ImageFunctions extends PoolingFunctions {
  ImageFunctions() {}

  /// An image of another size, with corners not aligned; see [Interpolation].
  ///
  /// @param sizes the new sizes of the last axes
  /// @throws ShapeException if an axis is empty, or becomes so
  public static Variable interpolate(Variable x, Interpolation mode, int... sizes) {
    return interpolate(x, mode, false, sizes);
  }

  /// An image of another size.
  ///
  /// @param alignCorners whether the outermost elements keep their values
  /// @param sizes the new sizes of the last axes
  /// @throws ShapeException if an axis is empty, or becomes so
  /// @throws OptionException if corners are to be aligned and the mode has none
  public static Variable interpolate(
      Variable x, Interpolation mode, boolean alignCorners, int... sizes) {
    return attempt(
        "interpolate", () -> resampled(x, mode, alignCorners, sizes, new double[sizes.length]), x);
  }

  /// An image scaled by factors: each axis of the plane becomes `⌊size · factor⌋` long.
  ///
  /// @param alignCorners whether the outermost elements keep their values
  /// @param factors one for each of the last axes
  /// @throws ShapeException if an axis is empty, or becomes so
  /// @throws OptionException if corners are to be aligned and the mode has none
  public static Variable upsample(
      Variable x, Interpolation mode, boolean alignCorners, double... factors) {
    try {
      Plane plane = new Plane("upsample", x, factors.length);
      plane.requireChannels();
      int[] sizes = new int[factors.length];
      Arrays.setAll(sizes, axis -> (int) Math.floor(plane.size(axis) * factors[axis]));
      return resampled(x, mode, alignCorners, sizes, factors);
    } catch (WengertException e) {
      throw refused(e, "upsample", x);
    }
  }

  private static Variable resampled(
      Variable x, Interpolation mode, boolean alignCorners, int[] sizes, double[] factors) {
    Plane plane = new Plane("interpolate", x, sizes.length);
    plane.requireChannels();
    Variable y = x;
    for (int axis = 0; axis < sizes.length; axis++) {
      if (plane.size(axis) < 1 || sizes[axis] < 1) {
        throw plane.refuse(
            plane.size(axis) + " elements become " + sizes[axis], "both must be at least 1");
      }
      Taps taps = mode.taps(plane.size(axis), sizes[axis], alignCorners, factors[axis]);
      y = new Resample(x.rank() - sizes.length + axis, taps).apply(y);
    }
    return y;
  }

  /// Channels turned into places: `(.., c r², h, w)` becomes `(.., c, h r, w r)`.
  ///
  /// @throws ShapeException if the channels are no multiple of `r²`
  public static Variable pixelShuffle(Variable x, int r) {
    Plane plane = image("pixelShuffle", x);
    int channels = x.size(-3);
    if (r < 1 || channels % (r * r) != 0) {
      throw plane.refuse(
          channels + " channels do not divide by " + r + "²", "give a multiple of that");
    }
    Shape lead = Unfold.outer(x.shape(), x.rank() - 3);
    int height = x.size(-2);
    int width = x.size(-1);
    Variable split = x.reshape(Shape.of(lead.count(), channels / (r * r), r, r, height, width));
    Variable y = split.permute(0, 1, 4, 2, 5, 3);
    return y.reshape(
        Plane.shape(Shape.of(channels / (r * r), height * r, width * r), lead.toArray()));
  }

  /// Places turned into channels, the inverse of [#pixelShuffle]: `(.., c, h r, w r)` becomes
  /// `(.., c r², h, w)`.
  ///
  /// @throws ShapeException if height or width is no multiple of `r`
  public static Variable pixelUnshuffle(Variable x, int r) {
    Plane plane = image("pixelUnshuffle", x);
    if (r < 1 || x.size(-2) % r != 0 || x.size(-1) % r != 0) {
      throw plane.refuse("height and width do not divide by " + r, "give multiples of that");
    }
    Shape lead = Unfold.outer(x.shape(), x.rank() - 3);
    int channels = x.size(-3);
    int height = x.size(-2) / r;
    int width = x.size(-1) / r;
    Variable split = x.reshape(Shape.of(lead.count(), channels, height, r, width, r));
    return split
        .permute(0, 1, 3, 5, 2, 4)
        .reshape(Plane.shape(Shape.of(channels * r * r, height, width), lead.toArray()));
  }

  /// The channels dealt out like cards: those of `groups` groups come one from each in turn.
  ///
  /// @throws ShapeException if the channels do not divide into the groups
  public static Variable channelShuffle(Variable x, int groups) {
    if (x.rank() < 3 || groups < 1 || x.size(1) % groups != 0) {
      throw new Plane("channelShuffle", x, 2)
          .refuse("channels do not divide into " + groups + " groups", "axis 1 has the channels");
    }
    Shape split = x.shape().with(1, groups).insert(2, x.size(1) / groups);
    return x.reshape(split).transpose(1, 2).reshape(x.shape());
  }

  private static Plane image(String attempt, Variable x) {
    Plane plane = new Plane(attempt, x, 2);
    if (x.rank() < 3) {
      throw plane.refuse(
          "an operand of rank " + x.rank(), "its last axes are channels, height and width");
    }
    return plane;
  }
}
