package org.wengert;

import org.wengert.tensor.Tensor;

/// `exp A = (exp A/2ˢ)^(2ˢ)`: the matrix is halved until its norm is at most ½, where the Taylor
/// polynomial of degree 16 is exact to the last digit, and the result squared as often. A
/// composition, so that every derivative follows.
final class MatrixExponential {
  private static final int DEGREE = 16;

  private MatrixExponential() {}

  static Variable of(Variable x) {
    Matrices.requireSquare(x.shape());
    int halvings = Math.clamp(Math.getExponent(norm(x.value())) + 2, 0, 1024);
    Variable y = taylor(x.mul(Math.scalb(1.0, -halvings)));
    for (int i = 0; i < halvings; i++) {
      y = y.matMul(y);
    }
    return y;
  }

  /// The largest sum of magnitudes of a row, over all matrices of the batch; 0 if it is not finite,
  /// since then no scaling helps.
  private static double norm(Tensor x) {
    double[] elements = x.toDoubleArray();
    int columns = x.size(-1);
    double norm = 0;
    double sum = 0;
    for (int i = 0; i < elements.length; i++) {
      sum = (i % columns == 0 ? 0 : sum) + Math.abs(elements[i]);
      norm = Math.max(norm, sum);
    }
    return norm < Double.POSITIVE_INFINITY ? norm : 0;
  }

  /// `Σ Aᵏ/k!` up to the sixteenth power, in groups of four: six products instead of fifteen.
  private static Variable taylor(Variable a) {
    Variable eye = Matrices.eye(a.size(-1), a.size(-1), a);
    Variable square = a.matMul(a);
    Variable[] powers = {eye, a, square, square.matMul(a), square.matMul(square)};
    double[] factors = new double[DEGREE + 1];
    factors[0] = 1;
    for (int k = 1; k <= DEGREE; k++) {
      factors[k] = factors[k - 1] / k;
    }
    Variable sum = powers[4].mul(factors[DEGREE]);
    for (int group = DEGREE - 4; group >= 0; group -= 4) {
      for (int k = 3; k >= 0; k--) {
        sum = sum.add(powers[k].mul(factors[group + k]));
      }
      sum = group == 0 ? sum : powers[4].matMul(sum);
    }
    return sum;
  }
}
