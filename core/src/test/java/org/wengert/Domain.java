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
/// @param diagonal if positive, the diagonal of matrices gets 1, 2, ... times that much added, so
///     that pivots, eigenvalues and singular values stay away from 0 and from each other
/// @param avoided the kinks and poles in between, from which values keep a distance of 0.1
record Domain(double least, double most, double apart, double diagonal, double... avoided) {
  static final Domain REAL = between(-2, 2);
  static final Domain POSITIVE = between(0.2, 3);

  /// Regular matrices, their symmetric part positive definite, all eigenvalues and singular values
  /// apart.
  static final Domain REGULAR = new Domain(-0.4, 0.4, 0, 1.5);

  static Domain between(double least, double most, double... avoided) {
    return new Domain(least, most, 0, 0, avoided);
  }

  /// Values that differ by at least 0.2 from each other, shifted by `offset`.
  static Domain distinct(double offset) {
    return new Domain(offset - 2, offset + 2, 0.2, 0);
  }

  Tensor sample(Shape shape, Rng random) {
    double[] values = new double[shape.count()];
    for (int i = 0; i < values.length; i++) {
      do {
        values[i] = apart > 0 ? onGrid(values, i, random) : uniform(random);
      } while (nearAvoided(values[i]));
    }
    lift(values, shape);
    return Tensor.of(values).reshape(shape).to(DType.FLOAT64);
  }

  /// A part of the domain for element `i` of `count`, between two kinks, or, where values must not
  /// be tied, apart from the parts of all other elements and of the other operand.
  double[] part(int i, int count, int operand) {
    if (apart > 0) {
      double slot = (most - least) / count;
      double low = least + (i + 0.5 * (operand % 2) + 0.1) * slot;
      return new double[] {low, low + 0.25 * slot};
    }
    int parts = avoided.length + 1;
    int part = i % parts;
    double low = part == 0 ? least : avoided[part - 1] + 0.1;
    double high = part == parts - 1 ? most : avoided[part] - 0.1;
    return new double[] {low, high};
  }

  /// Adds to the diagonal of matrices what the domain asks for.
  void lift(double[] values, Shape shape) {
    for (int i = 0; diagonal > 0 && i < values.length; i++) {
      int row = i / shape.size(-1) % shape.size(-2);
      values[i] += row == i % shape.size(-1) ? (row + 1) * diagonal : 0;
    }
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
