package org.wengert;

import java.util.Arrays;
import org.wengert.tensor.DType;
import org.wengert.tensor.OptionException;
import org.wengert.tensor.Shape;
import org.wengert.tensor.Tensor;

/// The functions of [F] that make constants. Java's `double` gives `FLOAT64`, `long` gives `INT64`.
abstract class CreationFunctions extends PaddingFunctions {
  CreationFunctions() {}

  /// The numbers `start`, `start + step`, ... before `end`.
  ///
  /// @throws OptionException if `step` is 0 or leads away from `end`
  public static Constant arange(double start, double end, double step) {
    double steps = (end - start) / step;
    requireWay(steps >= 0 && steps < Integer.MAX_VALUE, start + " to " + end, "" + step);
    double[] numbers = new double[(int) Math.ceil(steps)];
    Arrays.setAll(numbers, i -> start + i * step);
    return Variable.constant(numbers);
  }

  /// The integers `start`, `start + step`, ... before `end`.
  ///
  /// @throws OptionException if `step` is 0 or leads away from `end`
  public static Constant arange(long start, long end, long step) {
    boolean reaches = step != 0 && Long.signum(end - start) * Long.signum(step) >= 0;
    requireWay(reaches, start + " to " + end, "" + step);
    long[] numbers = new long[Math.toIntExact(Math.ceilDiv(end - start, step))];
    Arrays.setAll(numbers, i -> start + i * step);
    return Variable.constant(Tensor.of(numbers));
  }

  /// The integers `0, 1, ..., end - 1`.
  public static Constant arange(long end) {
    return arange(0L, end, 1L);
  }

  private static void requireWay(boolean exists, String ends, String step) {
    if (!exists) {
      throw (OptionException)
          new OptionException("no way from " + ends + " in steps of " + step)
              .hint("the step leads from start towards end")
              .during("arange");
    }
  }

  /// `steps` numbers at equal distances from `start` to `end`, both included.
  ///
  /// @throws OptionException if `steps` is negative
  public static Constant linspace(double start, double end, int steps) {
    if (steps < 0) {
      throw (OptionException)
          new OptionException(steps + " steps").hint("0 or more").during("linspace");
    }
    double[] numbers = new double[steps];
    double step = steps > 1 ? (end - start) / (steps - 1) : 0;
    // from both ends, so that both are met exactly
    Arrays.setAll(
        numbers, i -> i <= (steps - 2) / 2 ? start + step * i : end - step * (steps - 1 - i));
    return Variable.constant(numbers);
  }

  /// `base` to the powers of [#linspace].
  public static Constant logspace(double start, double end, int steps, double base) {
    double[] numbers = linspace(start, end, steps).value().toDoubleArray();
    Arrays.setAll(numbers, i -> StrictMath.pow(base, numbers[i]));
    return Variable.constant(numbers);
  }

  /// A matrix with ones on its diagonal and zeros elsewhere: `FLOAT32`.
  public static Constant eye(int rows, int columns) {
    return eye(rows, columns, DType.FLOAT32);
  }

  /// A matrix with ones on its diagonal and zeros elsewhere.
  public static Constant eye(int rows, int columns, DType type) {
    Tensor matrix = Tensor.zeros(Shape.of(rows, columns), type);
    for (int i = 0; i < Math.min(rows, columns); i++) {
      matrix.storage().put(i * (columns + 1), 1L);
    }
    return Variable.constant(matrix);
  }
}
