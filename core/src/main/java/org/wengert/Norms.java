package org.wengert;

import java.util.function.UnaryOperator;
import org.wengert.tensor.OptionException;

/// Norms of vectors and matrices. The norm of a zero vector has gradient 0.
final class Norms {
  private Norms() {}

  /// `(Σ |x|ᵖ)^(1/p)` over an axis; the number of elements that are not 0 for `p` 0, the largest
  /// and smallest magnitude for infinite `p`.
  static Variable along(Variable x, double p, int axis, boolean keepAxis) {
    if (p == 2) {
      return euclidean(x, keepAxis, axis);
    }
    Variable size = F.abs(x);
    if (Double.isInfinite(p)) {
      return p > 0 ? F.amax(size, keepAxis, axis) : F.amin(size, keepAxis, axis);
    }
    if (p == 0) {
      return F.sum(F.ne(x, F.zerosLike(x)).to(x.dtype()), keepAxis, axis);
    }
    if (p == 1) {
      return F.sum(size, keepAxis, axis);
    }
    Variable sum = F.sum(powers(size, p), keepAxis, axis);
    return p > 0 ? guarded(sum, s -> s.pow(1 / p)) : sum.pow(1 / p);
  }

  private static Variable powers(Variable size, double p) {
    return p > 0 ? guarded(size, s -> s.pow(p)) : size.pow(p);
  }

  /// `√(Σ x²)` over axes.
  static Variable euclidean(Variable x, boolean keepAxes, int... axes) {
    return guarded(F.sum(x.square(), keepAxes, axes), Variable::sqrt);
  }

  /// `f(x)`, and 0 with gradient 0 where `x` is 0.
  private static Variable guarded(Variable x, UnaryOperator<Variable> f) {
    Variable zero = x.eq(0);
    return F.where(zero, F.zerosLike(x), f.apply(F.where(zero, F.onesLike(x), x)));
  }

  /// A norm of the matrices in the last two axes.
  static Variable ofMatrix(Variable x, double order) {
    if (Math.abs(order) == 2) {
      return extreme(F.svdvals(x), order);
    }
    if (Math.abs(order) == 1) {
      return extreme(F.abs(x).sum(-2), order);
    }
    if (Double.isInfinite(order)) {
      return extreme(F.abs(x).sum(-1), order);
    }
    throw (OptionException)
        new OptionException("there is no matrix norm of order " + order)
            .hint("orders are 1, 2, infinity and their negatives; nuclearNorm(..) is another norm")
            .during("matrixNorm");
  }

  private static Variable extreme(Variable values, double sign) {
    return sign > 0 ? F.amax(values, false, -1) : F.amin(values, false, -1);
  }
}
