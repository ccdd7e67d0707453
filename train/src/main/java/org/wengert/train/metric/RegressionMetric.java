package org.wengert.train.metric;

import java.util.Arrays;
import org.wengert.tensor.OptionException;
import org.wengert.tensor.Shape;
import org.wengert.tensor.ShapeException;
import org.wengert.tensor.Tensor;

/// A measure of numbers that should equal others: `(N)` or `(N, 1)` for one number a sample, else
/// `(N, ..)`, whose columns are measured by themselves and averaged. Holds state; not thread-safe.
abstract class RegressionMetric extends Gathered {
  private final int sums;
  private double[][] state = {};
  private long samples;

  /// A measure that keeps so many numbers for each column.
  RegressionMetric(int sums) {
    super(2);
    this.sums = sums;
  }

  /// Takes in one pair.
  ///
  /// @param column what is known of the column
  /// @param n how many samples this makes
  abstract void add(double[] column, double output, double target, long n);

  /// The measure of one column of `n` samples.
  abstract double value(double[] column, long n);

  /// Takes in one batch.
  ///
  /// @throws ShapeException if the two are not of one shape, or of another than before
  /// @throws OptionException if a number is not finite
  @Override
  public final void add(Tensor output, Tensor target) {
    int rows = target.rank() == 0 ? 1 : target.size(0);
    boolean fits = column(output.shape()).equals(column(target.shape()));
    int columns = rows == 0 ? state.length : target.count() / rows;
    if (!fits || (samples > 0 && rows > 0 && columns != state.length)) {
      String before = fits ? columns + " columns after " + state.length : "shapes differ";
      throw Scored.error(name(), before, output, target)
          .hint("outputs and targets have one shape, (N) or (N, columns), in every batch");
    }
    double[] y = finite("output", output);
    double[] t = finite("target", target);
    if (samples == 0) {
      state = new double[columns][sums];
    }
    for (int row = 0; row < rows; row++) {
      samples++;
      for (int c = 0; c < columns; c++) {
        add(state[c], y[row * columns + c], t[row * columns + c], samples);
      }
    }
  }

  private static Shape column(Shape shape) {
    return shape.rank() == 2 && shape.size(1) == 1 ? shape.remove(1) : shape;
  }

  private double[] finite(String what, Tensor tensor) {
    double[] values = tensor.toDoubleArray();
    for (int i = 0; i < values.length; i++) {
      if (!Double.isFinite(values[i])) {
        throw (OptionException)
            new OptionException(what + " " + i + " of " + values.length + " is " + values[i])
                .hint("look for the first NaN with Autograd.debug")
                .during(name());
      }
    }
    return values;
  }

  /// The measure of each column.
  public final double[] perColumn() {
    double[] values = new double[state.length];
    for (int c = 0; c < values.length; c++) {
      values[c] = value(state[c], samples);
    }
    return values;
  }

  /// The mean over the columns; `NaN` of no samples.
  @Override
  public final double value() {
    double sum = 0;
    for (double value : perColumn()) {
      sum += value;
    }
    return sum / state.length;
  }

  /// Samples, columns, and the state of each column.
  @Override
  final double[] gathered() {
    double[] numbers = new double[2 + state.length * sums];
    numbers[0] = samples;
    numbers[1] = state.length;
    for (int c = 0; c < state.length; c++) {
      System.arraycopy(state[c], 0, numbers, 2 + c * sums, sums);
    }
    return numbers;
  }

  @Override
  final void gathered(double[] numbers) {
    samples = (long) numbers[0];
    state = new double[(int) numbers[1]][];
    for (int c = 0; c < state.length; c++) {
      state[c] = Arrays.copyOfRange(numbers, 2 + c * sums, 2 + (c + 1) * sums);
    }
  }

  @Override
  final boolean isGathered(double[] numbers) {
    return numbers.length >= 2 && numbers.length == 2 + numbers[1] * sums;
  }
}
