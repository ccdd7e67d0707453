package org.wengert;

import org.wengert.tensor.Axes;
import org.wengert.tensor.DTypeException;
import org.wengert.tensor.Shape;
import org.wengert.tensor.ShapeException;
import org.wengert.tensor.Tensor;
import org.wengert.tensor.WengertException;

/// The functions of [F] that fold axes.
abstract class ReductionFunctions extends NormFunctions {
  ReductionFunctions() {}

  /// The sum over all elements, or over the given axes, which stay at size 1 or disappear.
  /// Integers and booleans sum to `INT64`.
  public static Variable sum(Variable x, boolean keepAxes, int... axes) {
    Axes over = Check.axes("sum", x, axes);
    return fold(new SumTo(target(x, over, keepAxes)), x, over, keepAxes);
  }

  /// [#sum(Variable, boolean, int...)] whose axes disappear.
  public static Variable sum(Variable x, int... axes) {
    return sum(x, false, axes);
  }

  /// The mean over all elements, or over the given axes, which stay at size 1 or disappear. Of no
  /// elements it is `NaN`.
  ///
  /// @throws DTypeException if `x` is integral or boolean
  public static Variable mean(Variable x, boolean keepAxes, int... axes) {
    requireFloating("mean", x);
    int count = Check.axes("mean", x, axes).reducedCount(x.shape());
    return sum(x, keepAxes, axes).div(count);
  }

  /// [#mean(Variable, boolean, int...)] whose axes disappear.
  public static Variable mean(Variable x, int... axes) {
    return mean(x, false, axes);
  }

  /// The variance `Σ (x - mean)² / (n - correction)` over the given axes, or over all. PyTorch's
  /// default correction is 1.
  public static Variable var(Variable x, int correction, boolean keepAxes, int... axes) {
    try {
      int count = Check.axes("var", x, axes).reducedCount(x.shape());
      Variable deviation = x.sub(mean(x, true, axes));
      return sum(deviation.square(), keepAxes, axes).div(Math.max(0, count - correction));
    } catch (WengertException e) {
      throw refused(e, "var", x);
    }
  }

  /// [#var(Variable, int, boolean, int...)] with correction 1, whose axes disappear.
  public static Variable var(Variable x, int... axes) {
    return var(x, 1, false, axes);
  }

  /// The standard deviation, the root of [#var]; of equal elements it is 0 with gradient 0.
  public static Variable std(Variable x, int correction, boolean keepAxes, int... axes) {
    return attempt("std", () -> root(var(x, correction, keepAxes, axes)), x);
  }

  /// [#std(Variable, int, boolean, int...)] with correction 1, whose axes disappear.
  public static Variable std(Variable x, int... axes) {
    return std(x, 1, false, axes);
  }

  /// What [#varMean] found.
  public record VarMean(Variable var, Variable mean) {}

  /// Variance and mean over the given axes, or over all; see [#var].
  public static VarMean varMean(Variable x, int correction, boolean keepAxes, int... axes) {
    return attempt(
        "varMean",
        () -> new VarMean(var(x, correction, keepAxes, axes), mean(x, keepAxes, axes)),
        x);
  }

  /// The largest elements along the given axes, or of all; equals share the gradient evenly.
  public static Variable amax(Variable x, boolean keepAxes, int... axes) {
    return extreme("amax", x, false, keepAxes, axes);
  }

  /// [#amax(Variable, boolean, int...)] whose axes disappear.
  public static Variable amax(Variable x, int... axes) {
    return amax(x, false, axes);
  }

  /// The smallest elements along the given axes, or of all; equals share the gradient evenly.
  public static Variable amin(Variable x, boolean keepAxes, int... axes) {
    return extreme("amin", x, true, keepAxes, axes);
  }

  /// [#amin(Variable, boolean, int...)] whose axes disappear.
  public static Variable amin(Variable x, int... axes) {
    return amin(x, false, axes);
  }

  private static Variable extreme(
      String name, Variable x, boolean least, boolean keepAxes, int... axes) {
    Axes over = Check.axes(name, x, axes);
    return fold(new Extreme(target(x, over, keepAxes), least), x, over, keepAxes);
  }

  /// The largest element of all; equals share the gradient evenly. `NaN` if there is one.
  ///
  /// @throws ShapeException if there are no elements
  public static Variable max(Variable x) {
    return attempt("max", () -> new Pick((int) argMax(x).value().longAt()).apply(x), x);
  }

  /// The smallest element of all; equals share the gradient evenly. `NaN` if there is one.
  ///
  /// @throws ShapeException if there are no elements
  public static Variable min(Variable x) {
    return attempt("min", () -> new Pick((int) argMin(x).value().longAt()).apply(x), x);
  }

  /// The largest element along an axis and where it is; the gradient goes to the first of equals.
  public static Indexed max(Variable x, int axis, boolean keepAxis) {
    return attempt("max", () -> at(x, axis, argMax(x, axis, true), keepAxis), x);
  }

  /// [#max(Variable, int, boolean)] whose axis disappears.
  public static Indexed max(Variable x, int axis) {
    return max(x, axis, false);
  }

  /// The smallest element along an axis and where it is; the gradient goes to the first of equals.
  public static Indexed min(Variable x, int axis, boolean keepAxis) {
    return attempt("min", () -> at(x, axis, argMin(x, axis, true), keepAxis), x);
  }

  /// [#min(Variable, int, boolean)] whose axis disappears.
  public static Indexed min(Variable x, int axis) {
    return min(x, axis, false);
  }

  /// The index of the largest element along an axis, the first of equals: `INT64`, no gradient.
  public static Variable argMax(Variable x, int axis, boolean keepAxis) {
    return attempt("argMax", () -> argExtreme(x, axis, false, keepAxis), x);
  }

  /// [#argMax(Variable, int, boolean)] whose axis disappears.
  public static Variable argMax(Variable x, int axis) {
    return argMax(x, axis, false);
  }

  /// The place of the largest element in row-major order, the first of equals: `INT64`.
  public static Variable argMax(Variable x) {
    return attempt("argMax", () -> argMax(x.reshape(-1), 0, false), x);
  }

  /// The index of the smallest element along an axis, the first of equals: `INT64`, no gradient.
  public static Variable argMin(Variable x, int axis, boolean keepAxis) {
    return attempt("argMin", () -> argExtreme(x, axis, true, keepAxis), x);
  }

  /// [#argMin(Variable, int, boolean)] whose axis disappears.
  public static Variable argMin(Variable x, int axis) {
    return argMin(x, axis, false);
  }

  private static Variable argExtreme(Variable x, int axis, boolean least, boolean keepAxis) {
    Variable index = new ArgExtreme(axis, least).apply(x);
    return keepAxis || x.rank() == 0 ? index : squeeze(index, axis);
  }

  /// The place of the smallest element in row-major order, the first of equals: `INT64`.
  public static Variable argMin(Variable x) {
    return attempt("argMin", () -> argMin(x.reshape(-1), 0, false), x);
  }

  /// The product along an axis; integers and booleans multiply to `INT64`. The gradient is right
  /// with zeros among the factors, in every order.
  public static Variable prod(Variable x, int axis, boolean keepAxis) {
    try {
      if (x.rank() == 0) {
        return prod(x.reshape(1), axis, false);
      }
      Variable last = products(x, axis).slice(axis, x.size(axis), x.size(axis) + 1);
      return keepAxis ? last : squeeze(last, axis);
    } catch (WengertException e) {
      throw refused(e, "prod", x);
    }
  }

  /// [#prod(Variable, int, boolean)] whose axis disappears.
  public static Variable prod(Variable x, int axis) {
    return prod(x, axis, false);
  }

  /// The product of all elements.
  public static Variable prod(Variable x) {
    return prod(x.reshape(-1), 0, false);
  }

  /// Whether an element along the given axes, or of all, is not 0: `BOOL`.
  public static Variable any(Variable x, boolean keepAxes, int... axes) {
    return attempt("any", () -> sum(nonzeros(x), keepAxes, axes).gt(0), x);
  }

  /// [#any(Variable, boolean, int...)] whose axes disappear.
  public static Variable any(Variable x, int... axes) {
    return any(x, false, axes);
  }

  /// Whether no element along the given axes, or of all, is 0: `BOOL`.
  public static Variable all(Variable x, boolean keepAxes, int... axes) {
    return attempt("all", () -> sum(nonzeros(x).eq(0), keepAxes, axes).eq(0), x);
  }

  /// [#all(Variable, boolean, int...)] whose axes disappear.
  public static Variable all(Variable x, int... axes) {
    return all(x, false, axes);
  }

  /// How many elements along the given axes, or of all, are not 0: `INT64`.
  public static Variable countNonzero(Variable x, int... axes) {
    return attempt("countNonzero", () -> sum(nonzeros(x), false, axes), x);
  }

  private static Variable nonzeros(Variable x) {
    return ne(x, Variable.constant(Tensor.zeros(Shape.SCALAR, x.dtype())));
  }

  /// The sum of the elements that are not `NaN`.
  public static Variable nanSum(Variable x, boolean keepAxes, int... axes) {
    return attempt("nanSum", () -> sum(where(ne(x, x), zerosLike(x), x), keepAxes, axes), x);
  }

  /// [#nanSum(Variable, boolean, int...)] whose axes disappear.
  public static Variable nanSum(Variable x, int... axes) {
    return nanSum(x, false, axes);
  }

  /// The mean of the elements that are not `NaN`.
  ///
  /// @throws DTypeException if `x` is integral or boolean
  public static Variable nanMean(Variable x, boolean keepAxes, int... axes) {
    try {
      requireFloating("nanMean", x);
      return nanSum(x, keepAxes, axes).div(sum(eq(x, x), keepAxes, axes));
    } catch (WengertException e) {
      throw refused(e, "nanMean", x);
    }
  }

  /// [#nanMean(Variable, boolean, int...)] whose axes disappear.
  public static Variable nanMean(Variable x, int... axes) {
    return nanMean(x, false, axes);
  }

  /// `log Σ exp x` along the given axes, or of all, without overflow.
  public static Variable logSumExp(Variable x, boolean keepAxes, int... axes) {
    Axes over = Check.axes("logSumExp", x, axes);
    return fold(new LogSumExp(target(x, over, keepAxes)), x, over, keepAxes);
  }

  /// [#logSumExp(Variable, boolean, int...)] whose axes disappear.
  public static Variable logSumExp(Variable x, int... axes) {
    return logSumExp(x, false, axes);
  }

  /// What a reduction folds to at once: axes in front simply go, inner ones stay at size 1.
  private static Shape target(Variable x, Axes over, boolean keepAxes) {
    return keepAxes || !over.areLeading() ? over.kept(x.shape()) : over.dropped(x.shape());
  }

  private static Variable fold(Op.Unary reduction, Variable x, Axes over, boolean keepAxes) {
    Variable folded = reduction.apply(x);
    return keepAxes ? folded : folded.reshape(over.dropped(x.shape()));
  }

  static void requireFloating(String what, Variable x) {
    if (!x.dtype().isFloating()) {
      throw (DTypeException)
          new DTypeException("a " + what + " of type " + x.dtype() + " would lose its fraction")
              .hint("convert with to(FLOAT32)")
              .during(what)
              .operand("input 0", x.name(), x.shape() + " " + x.dtype());
    }
  }
}
