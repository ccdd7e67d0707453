package org.wengert;

import org.wengert.tensor.Axes;
import org.wengert.tensor.DTypeException;
import org.wengert.tensor.Shape;

/// The functions of [F] that fold axes.
abstract class ReductionFunctions extends ShapeFunctions {
  ReductionFunctions() {}

  /// The sum over all elements, or over the given axes, which stay at size 1 or disappear.
  /// Integers and booleans sum to `INT64`.
  public static Variable sum(Variable x, boolean keepAxes, int... axes) {
    Axes over = Axes.of(x.rank(), axes);
    return fold(new SumTo(target(x, over, keepAxes)), x, over, keepAxes);
  }

  /// The mean over all elements, or over the given axes, which stay at size 1 or disappear. Of no
  /// elements it is `NaN`.
  ///
  /// @throws DTypeException if `x` is integral or boolean
  public static Variable mean(Variable x, boolean keepAxes, int... axes) {
    requireFloating("mean", x);
    return sum(x, keepAxes, axes).div(Axes.of(x.rank(), axes).reducedCount(x.shape()));
  }

  /// The variance `Σ (x - mean)² / (n - correction)` over the given axes, or over all. PyTorch's
  /// default correction is 1.
  public static Variable var(Variable x, int correction, boolean keepAxes, int... axes) {
    int count = Axes.of(x.rank(), axes).reducedCount(x.shape());
    Variable deviation = x.sub(mean(x, true, axes));
    return sum(deviation.square(), keepAxes, axes).div(Math.max(0, count - correction));
  }

  /// The largest elements along the given axes, or of all; equals share the gradient evenly.
  public static Variable amax(Variable x, boolean keepAxes, int... axes) {
    Axes over = Axes.of(x.rank(), axes);
    return fold(new AMax(target(x, over, keepAxes)), x, over, keepAxes);
  }

  /// The smallest elements along the given axes, or of all; equals share the gradient evenly.
  public static Variable amin(Variable x, boolean keepAxes, int... axes) {
    return amax(x.neg(), keepAxes, axes).neg();
  }

  /// The largest of all elements, or `NaN` if there is one; equals share the gradient evenly.
  /// Unlike with [#amax], the gradient of a `NaN` leaves that of the numbers 0.
  public static Variable max(Variable x) {
    Variable largest = amax(x, false);
    if (!Double.isNaN(largest.item())) {
      return largest;
    }
    Variable invalid = ne(x, x);
    double count = invalid.sum().item();
    return where(invalid, x, zerosLike(x)).sum().div(count);
  }

  /// The smallest of all elements, `NaN` if there is one; equals share the gradient evenly.
  public static Variable min(Variable x) {
    return max(x.neg()).neg();
  }

  /// The largest element along an axis; the gradient goes to the first of equals.
  public static Variable max(Variable x, int axis, boolean keepAxis) {
    Variable largest = x.rank() == 0 ? x : gather(x, axis, argMax(x, axis, true));
    return keepAxis || x.rank() == 0 ? largest : squeeze(largest, axis);
  }

  /// The smallest element along an axis; the gradient goes to the first of equals.
  public static Variable min(Variable x, int axis, boolean keepAxis) {
    return max(x.neg(), axis, keepAxis).neg();
  }

  /// The index of the largest element along an axis, the first of equals: `INT64`, no gradient.
  public static Variable argMax(Variable x, int axis, boolean keepAxis) {
    Variable index = new ArgMax(axis).apply(x);
    return keepAxis || x.rank() == 0 ? index : squeeze(index, axis);
  }

  /// `log Σ exp x` along the given axes, or of all, without overflow.
  public static Variable logSumExp(Variable x, boolean keepAxes, int... axes) {
    Axes over = Axes.of(x.rank(), axes);
    return fold(new LogSumExp(target(x, over, keepAxes)), x, over, keepAxes);
  }

  /// What a reduction folds to at once: axes in front simply go, inner ones stay at size 1.
  private static Shape target(Variable x, Axes over, boolean keepAxes) {
    return keepAxes || !over.areLeading() ? over.kept(x.shape()) : over.dropped(x.shape());
  }

  private static Variable fold(Op.Unary reduction, Variable x, Axes over, boolean keepAxes) {
    Variable folded = reduction.apply(x);
    return keepAxes ? folded : folded.reshape(over.dropped(x.shape()));
  }

  private static void requireFloating(String what, Variable x) {
    if (!x.dtype().isFloating()) {
      throw (DTypeException)
          new DTypeException("a " + what + " of type " + x.dtype() + " would lose its fraction")
              .hint("convert with to(FLOAT32)")
              .during(what)
              .operand("input 0", x.name(), x.shape() + " " + x.dtype());
    }
  }
}
