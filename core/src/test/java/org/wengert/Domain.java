package org.wengert;

import java.util.stream.DoubleStream;
import org.wengert.tensor.DType;
import org.wengert.tensor.Rng;
import org.wengert.tensor.Shape;
import org.wengert.tensor.Tensor;

/// Where an operand of an operation may lie so that it stays away from kinks and poles.
///
/// @param least the smallest value
/// @param most the largest value
/// @param apart if positive, values are multiples of it plus `least`, each at most once, so that
///     none is tied with another
/// @param avoided the kinks and poles in between, from which values keep a distance of 0.1
record Domain(double least, double most, double apart, double... avoided) {
  static final Domain REAL = between(-2, 2);
  static final Domain POSITIVE = between(0.2, 3);

  static Domain between(double least, double most, double... avoided) {
    return new Domain(least, most, 0, avoided);
  }

  /// Values that differ by at least 0.2 from each other, shifted by `offset`.
  static Domain distinct(double offset) {
    return new Domain(offset - 2, offset + 2, 0.2);
  }

  Tensor sample(Shape shape, Rng random) {
    double[] values = new double[shape.count()];
    for (int i = 0; i < values.length; i++) {
      do {
        values[i] = apart > 0 ? onGrid(values, i, random) : uniform(random);
      } while (nearAvoided(values[i]));
    }
    return Tensor.of(values).reshape(shape).to(DType.FLOAT64);
  }

  private double uniform(Rng random) {
    return least + (most - least) * random.nextDouble();
  }

  private double onGrid(double[] taken, int count, Rng random) {
    int places = Math.max(2 * count + 2, (int) ((most - least) / apart));
    double value = least + apart * random.nextInt(places);
    boolean free = DoubleStream.of(taken).limit(count).noneMatch(v -> Math.abs(v - value) < 1e-9);
    return free ? value : onGrid(taken, count, random);
  }

  private boolean nearAvoided(double value) {
    return DoubleStream.of(avoided).anyMatch(v -> Math.abs(v - value) < 0.1);
  }
}
