package org.wengert;

import org.wengert.backend.Taps;
import org.wengert.tensor.OptionException;

/// How a resampled image gets its numbers from the elements around a place: the modes of
/// `interpolate`. Each works on one axis after the other.
///
/// Place `i` of the result lies at `(i + ½) scale - ½` on the axis of the operand; with aligned
/// corners at `i (size - 1) / (outputs - 1)`, so that the outermost elements keep their values.
public enum Interpolation {
  /// The element at `⌊i · scale⌋`.
  NEAREST,
  /// The element at `⌊(i + ½) scale⌋`, as image libraries take it. PyTorch's `nearest-exact`.
  NEAREST_EXACT,
  /// The straight line between two elements. PyTorch's `linear`, `bilinear`, `trilinear`.
  LINEAR,
  /// A cubic through four elements, with slope -0.75. PyTorch's `bicubic`.
  CUBIC;

  /// The weights along an axis of `size` elements that becomes `outputs` long.
  ///
  /// @param factor by how much the axis grows, which may differ a little from `outputs / size`;
  ///     0 means just that
  Taps taps(int size, int outputs, boolean alignCorners, double factor) {
    if (alignCorners && this != LINEAR && this != CUBIC) {
      throw new OptionException(this + " has no corners to align")
          .hint("aligned corners are for LINEAR and CUBIC");
    }
    double scale = factor > 0 ? 1 / factor : (double) size / outputs;
    if (alignCorners) {
      scale = outputs > 1 ? (size - 1.0) / (outputs - 1) : 0;
    }
    int[][] positions = new int[outputs][];
    double[][] weights = new double[outputs][];
    for (int i = 0; i < outputs; i++) {
      double at = alignCorners ? i * scale : (i + 0.5) * scale - 0.5;
      int floor = (int) Math.floor(at);
      positions[i] =
          switch (this) {
            case NEAREST -> new int[] {(int) (i * (float) scale)};
            case NEAREST_EXACT -> new int[] {(int) ((i + 0.5f) * (float) scale)};
            case LINEAR -> new int[] {floor, floor + 1};
            case CUBIC -> new int[] {floor - 1, floor, floor + 1, floor + 2};
          };
      weights[i] = weights(at - floor);
      within(positions[i], size);
    }
    return Taps.of(size, positions, weights);
  }

  /// The weights of the elements around a place, `t` behind the one before it.
  private double[] weights(double t) {
    return switch (this) {
      case NEAREST, NEAREST_EXACT -> new double[] {1};
      case LINEAR -> new double[] {1 - t, t};
      case CUBIC -> new double[] {far(t + 1), near(t), near(1 - t), far(2 - t)};
    };
  }

  private static double near(double t) {
    return (1.25 * t - 2.25) * t * t + 1;
  }

  private static double far(double t) {
    return ((-0.75 * t + 3.75) * t - 6) * t + 3;
  }

  /// Places beyond an end stand for the last element there.
  private static void within(int[] positions, int size) {
    for (int k = 0; k < positions.length; k++) {
      positions[k] = Math.clamp(positions[k], 0, size - 1);
    }
  }
}
