package org.wengert;

import java.util.Arrays;
import org.wengert.tensor.DType;
import org.wengert.tensor.OptionException;
import org.wengert.tensor.Shape;
import org.wengert.tensor.Tensor;
import org.wengert.tensor.WengertException;

/// The functions of [F] that make constants. Java's `double` gives `FLOAT64`, `long` gives `INT64`.
abstract class CreationFunctions extends ColumnFunctions {
  CreationFunctions() {}

  /// Zeros: `FLOAT32`.
  public static Constant zeros(int... sizes) {
    return attempt("zeros", () -> zeros(Shape.of(sizes), DType.FLOAT32));
  }

  /// Zeros.
  public static Constant zeros(Shape shape, DType type) {
    return attempt("zeros", () -> full(shape, 0, type));
  }

  /// Ones: `FLOAT32`.
  public static Constant ones(int... sizes) {
    return attempt("ones", () -> ones(Shape.of(sizes), DType.FLOAT32));
  }

  /// Ones.
  public static Constant ones(Shape shape, DType type) {
    return attempt("ones", () -> full(shape, 1, type));
  }

  /// A number, repeated to a shape: `FLOAT64`.
  public static Constant full(Shape shape, double number) {
    return full(shape, number, DType.FLOAT64);
  }

  /// A number, repeated to a shape: `INT64`.
  public static Constant full(Shape shape, long number) {
    return Variable.constant(Tensor.of(number).expand(shape).copy());
  }

  /// A number, repeated to a shape.
  public static Constant full(Shape shape, double number, DType type) {
    return Variable.constant(Tensor.full(shape, number, type));
  }

  /// The numbers `start`, `start + step`, ... before `end`.
  ///
  /// @throws OptionException if `step` is 0 or leads away from `end`, or there are more numbers
  ///     than a tensor can have
  public static Constant arange(double start, double end, double step) {
    double count = Math.ceil((end - start) / step);
    requireWay(count >= 0, start, end, step);
    requireRoom(count <= Integer.MAX_VALUE, Double.toString(count), start, end, step);
    double[] numbers = new double[(int) count];
    Arrays.setAll(numbers, i -> start + i * step);
    return Variable.constant(numbers);
  }

  /// The numbers `start`, `start + 1`, ... before `end`.
  ///
  /// @throws OptionException if `end` comes before `start`
  public static Constant arange(double start, double end) {
    return arange(start, end, 1.0);
  }

  /// The integers `start`, `start + step`, ... before `end`.
  ///
  /// @throws OptionException if `step` is 0 or leads away from `end`, or there are more numbers
  ///     than a tensor can have
  public static Constant arange(long start, long end, long step) {
    requireWay(step != 0 && (start == end || start < end == step > 0), start, end, step);
    long way = step > 0 ? end - start : start - end; // without a sign, since it may be so long
    long count = way == 0 ? 0 : Long.divideUnsigned(way - 1, Math.abs(step)) + 1;
    boolean fits = count >= 0 && count <= Integer.MAX_VALUE;
    requireRoom(fits, Long.toUnsignedString(count), start, end, step);
    long[] numbers = new long[(int) count];
    Arrays.setAll(numbers, i -> start + i * step);
    return Variable.constant(Tensor.of(numbers));
  }

  /// The integers `start`, `start + 1`, ... before `end`.
  ///
  /// @throws OptionException if `end` comes before `start`
  public static Constant arange(long start, long end) {
    return arange(start, end, 1L);
  }

  /// The integers `0, 1, ..., end - 1`.
  public static Constant arange(long end) {
    return arange(0L, end, 1L);
  }

  private static void requireWay(boolean exists, Number start, Number end, Number step) {
    if (!exists) {
      throw (OptionException)
          new OptionException("no way from " + start + " to " + end + " in steps of " + step)
              .hint("the step leads from start towards end")
              .during("arange");
    }
  }

  private static void requireRoom(
      boolean fits, String count, Number start, Number end, Number step) {
    if (!fits) {
      throw (OptionException)
          new OptionException(
                  count + " numbers from " + start + " to " + end + " in steps of " + step)
              .hint("a tensor has at most " + Integer.MAX_VALUE + " elements; take longer steps")
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
    try {
      double[] numbers = linspace(start, end, steps).value().toDoubleArray();
      Arrays.setAll(numbers, i -> StrictMath.pow(base, numbers[i]));
      return Variable.constant(numbers);
    } catch (WengertException e) {
      throw refused(e, "logspace");
    }
  }

  /// The identity matrix: `FLOAT32`.
  public static Constant eye(int size) {
    return eye(size, size);
  }

  /// A matrix with ones on its diagonal and zeros elsewhere: `FLOAT32`.
  public static Constant eye(int rows, int columns) {
    return eye(rows, columns, DType.FLOAT32);
  }

  /// A matrix with ones on its diagonal and zeros elsewhere.
  public static Constant eye(int rows, int columns, DType type) {
    try {
      Tensor matrix = Tensor.zeros(Shape.of(rows, columns), type);
      for (int i = 0; i < Math.min(rows, columns); i++) {
        matrix.storage().put(i * (columns + 1), 1L);
      }
      return Variable.constant(matrix);
    } catch (WengertException e) {
      throw refused(e, "eye");
    }
  }
}
