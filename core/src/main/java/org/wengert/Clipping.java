package org.wengert;

import org.wengert.backend.CompiledUpdate;
import org.wengert.backend.Expr;
import org.wengert.backend.Kernel;
import org.wengert.backend.Update;
import org.wengert.tensor.OptionException;
import org.wengert.tensor.Tensor;

/// What is measured of gradients, and done to them, to limit them: see [Leaf#gradNorm].
final class Clipping {
  private static final double LEAST = 1e-280; // below, squares may have lost bits

  private static final Expr G = Expr.input(1);
  private static final Kernel SCALED = Kernel.of(G.mul(Expr.scalar(0)));
  private static final Kernel CLAMPED = Kernel.of(G.max(Expr.scalar(0)).min(Expr.scalar(1)));

  private Clipping() {}

  static Update scale(double factor) {
    return new CompiledUpdate(SCALED, factor);
  }

  static Update clamp(double limit) {
    if (!(limit >= 0)) {
      throw new OptionException("limit " + limit + " of clampGrad is not at least 0")
          .hint("write clampGrad(1.0) to keep gradients between -1 and 1");
    }
    return new CompiledUpdate(CLAMPED, -limit, limit);
  }

  static void requireOrder(double order) {
    if (!(order > 0)) {
      throw new OptionException("order " + order + " of gradNorm is not above 0")
          .hint("write gradNorm(2.0) for the Euclidean norm");
    }
  }

  /// `(Σ |g|ᵖ)^(1/p)`, computed in `double`; no power overflows.
  static double norm(Tensor gradient, double p) {
    if (p == 2) {
      double sum = SquareSum.of(gradient);
      if (sum > LEAST && sum < Double.POSITIVE_INFINITY) {
        return Math.sqrt(sum);
      }
    }
    double largest = gradient.count() == 0 ? 0 : F.max(F.abs(Variable.constant(gradient))).item();
    if (p == Double.POSITIVE_INFINITY || largest == 0 || !Double.isFinite(largest)) {
      return largest;
    }
    double sum = 0;
    for (double element : gradient.toDoubleArray()) {
      double x = Math.abs(element) / largest;
      sum += p == 2 ? x * x : StrictMath.pow(x, p);
    }
    return largest * (p == 2 ? Math.sqrt(sum) : StrictMath.pow(sum, 1 / p));
  }
}
