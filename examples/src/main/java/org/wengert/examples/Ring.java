package org.wengert.examples;

import java.util.Locale;
import java.util.random.RandomGenerator;
import org.wengert.tensor.Rng;
import org.wengert.tensor.Tensor;

/// Gaussians in a ring in the plane: what a bad generator of points shows its weakness on, because
/// it finds a few of them and forgets the others.
///
/// @param modes how many Gaussians
/// @param radius of the ring, on which their means lie at equal distances
/// @param deviation standard deviation of each, the same in all directions
record Ring(int modes, double radius, double deviation) {
  /// A point is good if it is within so many standard deviations of a mean. Of true points,
  /// `1 - exp(-3²/2)` are: 98.9 %.
  private static final double NEAR = 3;

  /// A mode is covered if it has this part of its fair share of the points.
  private static final double ENOUGH = 0.25;

  /// What points have in common with the ring.
  ///
  /// @param modes how many modes they cover
  /// @param of how many modes there are
  /// @param good the share of points that are near to a mode
  record Coverage(int modes, int of, double good) {
    @Override
    public String toString() {
      return String.format(
          Locale.ROOT, "%d of %d modes, %.1f %% good points", modes, of, 100 * good);
    }
  }

  /// Points of the ring, `(count, 2)`.
  Tensor sample(int count, RandomGenerator random) {
    float[] points = new float[2 * count];
    for (int i = 0; i < count; i++) {
      int mode = random.nextInt(modes);
      points[2 * i] = (float) (x(mode) + deviation * Rng.normal(random));
      points[2 * i + 1] = (float) (y(mode) + deviation * Rng.normal(random));
    }
    return Tensor.of(points).reshape(count, 2);
  }

  double x(int mode) {
    return radius * StrictMath.cos(2 * Math.PI * mode / modes);
  }

  double y(int mode) {
    return radius * StrictMath.sin(2 * Math.PI * mode / modes);
  }

  /// How well the points, `(count, 2)`, cover the ring.
  Coverage coverage(Tensor points) {
    int[] near = new int[modes];
    int good = 0;
    int count = points.size(0);
    for (int i = 0; i < count; i++) {
      int mode = nearest(points.at(i, 0), points.at(i, 1));
      if (mode >= 0) {
        near[mode]++;
        good++;
      }
    }
    int covered = 0;
    for (int found : near) {
      covered += found >= ENOUGH * count / modes ? 1 : 0;
    }
    return new Coverage(covered, modes, (double) good / count);
  }

  /// The mode that a point is near to, or -1.
  private int nearest(double x, double y) {
    for (int mode = 0; mode < modes; mode++) {
      if (Math.hypot(x - x(mode), y - y(mode)) <= NEAR * deviation) {
        return mode;
      }
    }
    return -1;
  }

  @Override
  public String toString() {
    return modes + " Gaussians of deviation " + deviation + " in a ring of radius " + radius;
  }
}
