package org.wengert;

import java.util.Arrays;
import org.wengert.tensor.DTypeException;
import org.wengert.tensor.OptionException;
import org.wengert.tensor.ShapeException;
import org.wengert.tensor.WengertException;

/// The functions of [F] that measure lengths.
abstract class NormFunctions extends QuantileFunctions {
  NormFunctions() {}

  /// `(Σ |x|ᵖ)^(1/p)` over the given axes, or over all. With `p = ∞` it is the largest `|x|`, with
  /// `-∞` the smallest, with 0 the number of elements that are not 0 (without a gradient). At the
  /// zero vector the derivatives of every order are 0; in PyTorch the second is `NaN` for most `p`.
  ///
  /// @throws DTypeException if `x` is integral or boolean
  public static Variable norm(Variable x, double p, boolean keepAxes, int... axes) {
    try {
      ReductionFunctions.requireFloating("norm", x);
      if (p == 0) {
        return F.sum(x.detach().eq(0).eq(0), keepAxes, axes).to(x.dtype());
      }
      if (Double.isInfinite(p)) {
        return extreme(x, p > 0, keepAxes, axes);
      }
      if (p == 1) {
        return F.sum(abs(x), keepAxes, axes);
      }
      if (p == 2) {
        return root(F.sum(x.square(), keepAxes, axes));
      }
      if (p < 0 && Check.axes("norm", x, axes).reducedCount(x.shape()) == 0) {
        throw new ShapeException("the norm of no elements with p " + p)
            .hint("p of 0 or more has a norm of no elements: 0");
      }
      Variable one = numberLike(x, 1);
      Variable zero = x.detach().eq(0);
      Variable powers = abs(where(zero, one, x)).pow(p);
      Variable ofZero = numberLike(x, p < 0 ? Double.POSITIVE_INFINITY : 0);
      Variable sum = F.sum(where(zero, ofZero, powers), keepAxes, axes);
      Variable none = sum.detach().eq(0);
      return where(none, sum, where(none, one, sum).pow(1 / p));
    } catch (WengertException e) {
      throw refused(e, "norm", x);
    }
  }

  /// The largest or smallest `|x|`; where it is `NaN` the gradient is 0, as in PyTorch.
  private static Variable extreme(Variable x, boolean largest, boolean keepAxes, int... axes) {
    Variable size = abs(x);
    Variable kept = F.amax(size.detach(), true, axes);
    Variable invalid = ne(kept, kept);
    Variable valid = where(invalid, zerosLike(x), size);
    Variable y = largest ? F.amax(valid, keepAxes, axes) : F.amin(valid, keepAxes, axes);
    return where(invalid.reshape(y.shape()), numberLike(x, Double.NaN), y);
  }

  /// The Euclidean (Frobenius) norm of all elements.
  public static Variable norm(Variable x) {
    return norm(x, 2, false);
  }

  /// `√x` with derivatives of 0 at 0, for sums of squares: the length of the zero vector has no
  /// direction in which to grow.
  static Variable root(Variable x) {
    Variable zero = x.detach().eq(0);
    return where(zero, numberLike(x, 0), where(zero, numberLike(x, 1), x).sqrt());
  }

  /// `x` with each slice of an axis shortened to a `p`-norm of at most `maxNorm`.
  public static Variable renorm(Variable x, double p, int axis, double maxNorm) {
    try {
      if (!(p > 0 && maxNorm >= 0)) {
        throw new OptionException("a norm of " + maxNorm + " at most, with p " + p)
            .hint("p is more than 0 and the norm 0 or more");
      }
      int at = Check.axis("renorm", x, axis);
      int[] others = new int[Math.max(0, x.rank() - 1)];
      Arrays.setAll(others, i -> i < at ? i : i + 1);
      Variable length = others.length == 0 ? abs(x) : norm(x, p, true, others);
      Variable factor = F.div(maxNorm, length.add(1e-7));
      return x.mul(where(length.gt(maxNorm), factor, onesLike(factor)));
    } catch (WengertException e) {
      throw refused(e, "renorm", x);
    }
  }
}
