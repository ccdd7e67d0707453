package org.wengert;

import java.util.Arrays;
import org.wengert.tensor.DType;
import org.wengert.tensor.DTypeException;
import org.wengert.tensor.OptionException;
import org.wengert.tensor.ShapeException;

/// The functions of [F] that find the numbers below which a share of the elements lies. Share `q`
/// of `n` elements falls at place `q · (n - 1)` of their order, usually between two of them.
abstract class QuantileFunctions extends SortFunctions {
  QuantileFunctions() {}

  /// The number below which a share `q` of the elements along an axis lies, interpolated linearly
  /// between two of them. `NaN` if there is one.
  ///
  /// @throws OptionException if `q` is not between 0 and 1
  /// @throws ShapeException if the axis is empty
  /// @throws DTypeException if `x` is integral or boolean
  public static Variable quantile(Variable x, double q, int axis, boolean keepAxis) {
    return attempt(
        "quantile",
        () -> quantile(x, share(q, x), axis, keepAxis, QuantileInterpolation.LINEAR),
        x);
  }

  /// [#quantile(Variable, double, int, boolean)] of all elements.
  public static Variable quantile(Variable x, double q) {
    return attempt("quantile", () -> quantile(x.reshape(-1), q, 0, false), x);
  }

  /// The numbers below which several shares of the elements along an axis lie. `NaN` if there is
  /// one.
  ///
  /// @param q a vector of shares, each of which gets its index of a new outermost axis; or a
  ///     scalar, without that axis. Read in the type of `x`
  /// @param interpolation PyTorch's default is `LINEAR`
  /// @throws OptionException if a share is not between 0 and 1
  /// @throws ShapeException if the axis is empty, or `q` neither scalar nor vector
  /// @throws DTypeException if `x` is integral or boolean
  public static Variable quantile(
      Variable x, Variable q, int axis, boolean keepAxis, QuantileInterpolation interpolation) {
    return attempt(
        "quantile", () -> quantiles("quantile", x, q, axis, keepAxis, interpolation), x, q);
  }

  /// [#quantile(Variable, Variable, int, boolean, QuantileInterpolation)] of all elements.
  public static Variable quantile(Variable x, Variable q, QuantileInterpolation interpolation) {
    return attempt("quantile", () -> quantile(x.reshape(-1), q, 0, false, interpolation), x, q);
  }

  /// [#quantile(Variable, double, int, boolean)] of the elements that are not `NaN`; `NaN` if there
  /// are no others.
  public static Variable nanQuantile(Variable x, double q, int axis, boolean keepAxis) {
    return attempt(
        "nanQuantile",
        () -> nanQuantile(x, share(q, x), axis, keepAxis, QuantileInterpolation.LINEAR),
        x);
  }

  /// [#nanQuantile(Variable, double, int, boolean)] of all elements.
  public static Variable nanQuantile(Variable x, double q) {
    return attempt("nanQuantile", () -> nanQuantile(x.reshape(-1), q, 0, false), x);
  }

  /// [#quantile(Variable, Variable, int, boolean, QuantileInterpolation)] of the elements that are
  /// not `NaN`; `NaN` if there are no others.
  public static Variable nanQuantile(
      Variable x, Variable q, int axis, boolean keepAxis, QuantileInterpolation interpolation) {
    return attempt(
        "nanQuantile", () -> quantiles("nanQuantile", x, q, axis, keepAxis, interpolation), x, q);
  }

  /// [#nanQuantile(Variable, Variable, int, boolean, QuantileInterpolation)] of all elements.
  public static Variable nanQuantile(Variable x, Variable q, QuantileInterpolation interpolation) {
    return attempt(
        "nanQuantile", () -> nanQuantile(x.reshape(-1), q, 0, false, interpolation), x, q);
  }

  private static Variable share(double q, Variable x) {
    return Variable.constant(q).to(x.dtype().toFloating());
  }

  private static Variable quantiles(
      String what,
      Variable x,
      Variable q,
      int axis,
      boolean keepAxis,
      QuantileInterpolation interpolation) {
    ReductionFunctions.requireFloating(what, x);
    requireShares(what, q);
    requireElements(what, x, axis);
    Variable last = x.rank() == 0 ? x.reshape(1) : moveDim(x, axis, -1);
    Variable sorted = sort(last, -1, false).values();
    Variable places = places(sorted, q.to(x.dtype()).reshape(-1), what.equals("nanQuantile"));
    Variable y = moveDim(between(sorted, places, interpolation), -1, 0);
    if (keepAxis && x.rank() > 0) {
      y = unsqueeze(y, Check.axis(what, x, axis) + 1);
    }
    return q.rank() == 0 ? y.select(0, 0) : y;
  }

  /// Where in their order, the innermost axis of `sorted`, the shares fall: fractions of an index.
  private static Variable places(Variable sorted, Variable q, boolean ignoresNaN) {
    long size = sorted.size(-1);
    Variable nans = F.sum(ne(sorted, sorted), true, -1);
    Variable end = numberLike(q, size - 1.0);
    return ignoresNaN
        ? q.mul(clampMin(end.sub(nans.to(q.dtype())), 0))
        : where(nans.gt(0), end, q.mul(end)); // where a NaN stands, behind all numbers
  }

  private static Variable between(
      Variable sorted, Variable places, QuantileInterpolation interpolation) {
    Variable below = F.floor(places.detach());
    Variable above = F.ceil(places.detach());
    return switch (interpolation) {
      case LOWER -> chosen(sorted, below);
      case HIGHER -> chosen(sorted, above);
      case NEAREST -> chosen(sorted, F.round(places.detach()));
      case LINEAR -> blended(sorted, below, above, places.sub(below));
      case MIDPOINT -> blended(sorted, below, above, numberLike(places, 0.5));
    };
  }

  /// One element is taken as it is, also if it is infinite.
  private static Variable blended(
      Variable sorted, Variable below, Variable above, Variable weight) {
    Variable low = chosen(sorted, below);
    return where(eq(below, above), low, lerp(low, chosen(sorted, above), weight));
  }

  private static Variable chosen(Variable sorted, Variable places) {
    return gather(sorted, -1, places.to(DType.INT64));
  }

  private static void requireShares(String what, Variable q) {
    double[] outside =
        Arrays.stream(q.value().toDoubleArray())
            .filter(share -> !(share >= 0 && share <= 1))
            .toArray();
    if (outside.length > 0) {
      throw (OptionException)
          new OptionException("a share of " + outside[0]).hint("between 0 and 1").during(what);
    }
    if (q.rank() > 1) {
      throw (ShapeException)
          new ShapeException("shares of shape " + q.shape())
              .hint("pass one share, or a vector of them")
              .during(what);
    }
  }
}
