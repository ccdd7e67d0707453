package org.wengert.train.data;

import java.util.Arrays;
import org.wengert.tensor.Axes;
import org.wengert.tensor.Shape;
import org.wengert.tensor.ShapeException;
import org.wengert.tensor.Tensor;

/// The numbers of samples in groups, such as one for each channel, for statistics in `double`. What
/// is `NaN` belongs to no group. Immutable.
final class Groups {
  private final double[] values;
  private final Shape
      shape; // of a tensor with a number for each group, that broadcasts to a sample
  private final int[] groupOf; // for each element of a sample
  private final double[] counts;

  private Groups(double[] values, Shape shape, int[] groupOf) {
    this.values = values;
    this.shape = shape;
    this.groupOf = groupOf;
    this.counts = new double[shape.count()];
    forEach((g, x) -> counts[g]++);
  }

  /// @param samples the first axis counts them
  /// @param apart axes whose places are groups; none means all but the first
  static Groups of(Tensor samples, int... apart) {
    if (samples.rank() == 0 || samples.count() == 0) {
      throw new ShapeException("no samples in a tensor of shape " + samples.shape())
          .hint("the first axis counts samples; give at least one");
    }
    Shape sample = samples.shape().remove(0);
    int[] sizes = sample.toArray();
    if (apart.length > 0) {
      Arrays.fill(sizes, 1);
      for (int axis : apart) {
        int at = Axes.normalize(axis, samples.rank());
        if (at == 0) {
          throw new ShapeException("axis 0 counts the samples, which have no numbers of their own")
              .hint("name axes of a sample, such as 1 for channels");
        }
        sizes[at - 1] = sample.size(at - 1);
      }
    }
    Shape shape = Shape.of(sizes);
    Tensor numbers = Tensor.arange(shape.count()).reshape(shape).expand(sample);
    int[] groupOf = Arrays.stream(numbers.toLongArray()).mapToInt(Math::toIntExact).toArray();
    return new Groups(samples.toDoubleArray(), shape, groupOf);
  }

  /// Takes a number of a group.
  @FunctionalInterface
  private interface Taker {
    void take(int group, double x);
  }

  private void forEach(Taker taker) {
    for (int i = 0; i < values.length; i++) {
      if (!Double.isNaN(values[i])) {
        taker.take(groupOf[i % groupOf.length], values[i]);
      }
    }
  }

  /// How many numbers a group has.
  double count(int group) {
    return counts[group];
  }

  double[] means() {
    double[] sums = new double[counts.length];
    forEach((g, x) -> sums[g] += x);
    Arrays.setAll(sums, g -> sums[g] / counts[g]);
    return sums;
  }

  /// The mean squares of the distances from the means.
  double[] variances(double[] means) {
    double[] sums = new double[counts.length];
    forEach((g, x) -> sums[g] += (x - means[g]) * (x - means[g]));
    Arrays.setAll(sums, g -> sums[g] / counts[g]);
    return sums;
  }

  double[] least() {
    double[] least = new double[counts.length];
    Arrays.fill(least, Double.NaN);
    forEach((g, x) -> least[g] = Double.isNaN(least[g]) ? x : Math.min(least[g], x));
    return least;
  }

  double[] most() {
    double[] most = new double[counts.length];
    Arrays.fill(most, Double.NaN);
    forEach((g, x) -> most[g] = Double.isNaN(most[g]) ? x : Math.max(most[g], x));
    return most;
  }

  /// One number for each group, as a tensor that broadcasts to a sample.
  Tensor tensor(double[] numbers) {
    return Tensor.of(numbers).reshape(shape);
  }
}
