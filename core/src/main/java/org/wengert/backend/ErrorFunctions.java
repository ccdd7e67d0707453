package org.wengert.backend;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.wengert.backend.Elementaries.Split;

/// The error function and what is made of it, in primitives, of either width.
///
/// The complement of `z >= 0` is `exp(-z²) P(t)/f` with `f = 1 + z/√2` and `t = 1 - 2/f`, which
/// runs from -1 to 1 (the form of Shepherd and Laframboise, Mathematics of Computation 36, 1981).
/// With this slope `P` stays between 0.43 and 1 and errors of `t` weigh little, and for the
/// normal distribution `f` is `1 + |x|/2`. What rounding takes from `z²`, `f`, `P` and the
/// quotient is put back: the exponential would magnify the first, and the others would add up.
final class ErrorFunctions {
  static final ErrorFunctions FLOAT =
      new ErrorFunctions(Elementaries.FLOAT, Precision.FLOAT, Polynomials.FLOAT);
  static final ErrorFunctions DOUBLE =
      new ErrorFunctions(Elementaries.DOUBLE, Precision.DOUBLE, Polynomials.DOUBLE);

  private static final double NEAR = 0.92; // below, erf is a polynomial

  private final Elementaries elementary;
  private final Precision width;
  private final Polynomials polynomials;

  private ErrorFunctions(Elementaries elementary, Precision width, Polynomials polynomials) {
    this.elementary = elementary;
    this.width = width;
    this.polynomials = polynomials;
  }

  /// `exp(-a b) P/f` as `2ⁿ (quotient + rest)`, with the `n` of the split and a rest of less than
  /// half of the quotient.
  private record Tail(Split split, Expr quotient, Expr rest) {}

  /// @param z `-z/√2`
  /// @param low what rounding took from that, or null if nothing
  private Tail tail(Expr z, @Nullable Expr low, Expr a, Expr b) {
    Expr u = z.rsub(1).rdiv(1);
    Expr complement = u.rsub(1);
    Expr lost = complement.rsub(1).sub(u);
    Expr rough = u.fma(z, complement).add(lost);
    Expr error = low == null ? rough : u.fma(low, rough); // 1 - u f
    Expr t = error.fma(u, u).fma(-2, polynomials.start());
    double[] coefficients = polynomials.scaledComplement();
    double middle = coefficients[coefficients.length - 1];
    Expr slope = t.polynomial(Arrays.copyOf(coefficients, coefficients.length - 1));
    Expr p = slope.fma(t, middle);
    Expr lostOfP = slope.fma(t, p.rsub(middle));
    Expr quotient = p.mul(u);
    Expr rest = quotient.fma(error, lostOfP.fma(u, p.fma(u, quotient.neg())));
    Expr product = a.mul(b).neg();
    Split split = elementary.split(product, a.fma(b, product));
    Expr excess = split.rest(); // (quotient + rest) (1 + excess)
    return new Tail(split, quotient, excess.fma(quotient, excess.fma(rest, rest)));
  }

  /// The complement for arguments that are not negative.
  private Expr complement(Expr size) {
    double end = Math.sqrt(width.vanished()) - 0.03; // exp(-z²) is in range, erfc(z) is 0
    Expr held = size.gt(end).select(end, size);
    double[] rootHalf = polynomials.rootHalf();
    Expr z = held.mul(-rootHalf[0]);
    Expr low = held.fma(-rootHalf[1], held.fma(-rootHalf[0], z.neg()));
    Tail tail = tail(z, low, held, held);
    Expr sum = tail.quotient.add(tail.rest);
    return elementary.lowered(sum.mul(elementary.raised(tail.split, 0)));
  }

  private Expr near(Expr x) {
    return x.square().polynomial(polynomials.erf()).fma(x, x);
  }

  Expr erfc(Expr x) {
    Expr tail = complement(x.abs());
    return x.lt(0).select(tail.rsub(2), tail);
  }

  Expr erf(Expr x) {
    Expr size = x.abs();
    Expr far = Whole.withSign(width.element(), complement(size).rsub(1), x);
    return size.lt(NEAR).select(near(x), far);
  }

  /// `x Φ(x) = max(x, 0) - |x| Φ(-|x|)`, where `Φ(-|x|) = erfc(|x|/√2)/2`: no cancellation on the
  /// left. `|x|` comes before the last power of two, since `Φ(x)` may be subnormal where `x Φ(x)`
  /// is not.
  Expr gelu(Expr x) {
    Expr below = Whole.negative(width.element(), x);
    double end = 0.03 - Math.sqrt(2 * width.vanished());
    Expr held = below.lt(end).select(end, below);
    Expr half = held.mul(0.5);
    Tail tail = tail(half, null, half, held);
    return elementary.below(x, half, tail.split, tail.quotient, tail.rest);
  }
}
