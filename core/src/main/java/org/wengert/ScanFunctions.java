package org.wengert;

import java.util.Arrays;
import java.util.function.UnaryOperator;
import org.wengert.tensor.Axes;
import org.wengert.tensor.DType;
import org.wengert.tensor.IndexRange;
import org.wengert.tensor.Shape;
import org.wengert.tensor.Tensor;

/// The functions of [F] that carry something along an axis: running sums, products and extremes.
abstract class ScanFunctions extends CreationFunctions {
  ScanFunctions() {}

  /// `y[i] = x[0] + ... + x[i]` along an axis; integers and booleans sum to `INT64`.
  public static Variable cumSum(Variable x, int axis) {
    return attempt(
        "cumSum",
        () -> along(x, axis, at -> new CumSum(Check.axis("cumSum", at, axis), false).apply(at)),
        x);
  }

  /// `y[i] = x[0] · ... · x[i]` along an axis; integers and booleans multiply to `INT64`. The
  /// gradient is right with zeros among the factors, in every order.
  public static Variable cumProd(Variable x, int axis) {
    return attempt(
        "cumProd",
        () -> along(x, axis, at -> products(at, axis).slice(axis, 1, Integer.MAX_VALUE)),
        x);
  }

  /// `1, x[0], x[0] · x[1], ...` along an axis, which becomes longer by one.
  static Variable products(Variable x, int axis) {
    int at = Check.axis("cumProd", x, axis);
    Variable factors = x.dtype().isFloating() ? x : x.to(DType.INT64);
    Shape shape = x.shape().with(at, x.size(at) + 1);
    Variable padded = new Embed(at, new IndexRange(1, x.size(at), 1), shape).apply(factors);
    int[] aligned = shape.toArray();
    Arrays.fill(aligned, 1);
    aligned[at] = shape.size(at);
    Tensor first = Tensor.zeros(Shape.of(aligned), factors.dtype());
    first.storage().put(0, 1L);
    return Recurrence.along(at, shape.size(at), false)
        .apply(padded, Variable.constant(first.expand(shape)));
  }

  /// `y[i] = log (exp x[0] + ... + exp x[i])` along an axis, without overflow.
  public static Variable logCumSumExp(Variable x, int axis) {
    return attempt(
        "logCumSumExp",
        () ->
            along(x, axis, at -> new LogCumSumExp(Check.axis("logCumSumExp", at, axis)).apply(at)),
        x);
  }

  /// The largest element so far along an axis, and where it was last; a `NaN` stays.
  public static Indexed cumMax(Variable x, int axis) {
    return attempt("cumMax", () -> cumulative(x, axis, false), x);
  }

  /// The smallest element so far along an axis, and where it was last; a `NaN` stays.
  public static Indexed cumMin(Variable x, int axis) {
    return attempt("cumMin", () -> cumulative(x, axis, true), x);
  }

  private static Indexed cumulative(Variable x, int axis, boolean least) {
    Variable index =
        along(
            x,
            axis,
            at ->
                new CumulativeArgMax(Check.axis(least ? "cumMin" : "cumMax", at, axis), least)
                    .apply(at));
    return new Indexed(gather(x, axis, index), index);
  }

  /// Applies a function that needs an axis; a scalar counts as a vector of one element.
  static Variable along(Variable x, int axis, UnaryOperator<Variable> f) {
    if (x.rank() > 0) {
      return f.apply(x);
    }
    Axes.normalize(axis, 0);
    return f.apply(x.reshape(1)).reshape(Shape.SCALAR);
  }
}
