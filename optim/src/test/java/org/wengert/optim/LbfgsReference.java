package org.wengert.optim;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/// L-BFGS once more, without line search, with the inverse Hessian as a matrix that is built anew
/// for every direction, as the textbook has it:
///
/// ```
/// H ← (I - s yᵀ/yᵀs) H (I - y sᵀ/yᵀs) + s sᵀ/yᵀs,   beginning with  yᵀs/yᵀy I  of the last pair
/// ```
final class LbfgsReference {
  private final UnaryOperator<double[]> gradient;
  private final int historySize;
  private final List<double[]> moves = new ArrayList<>();
  private final List<double[]> changes = new ArrayList<>();
  private boolean begun;
  private double[] lastMove = {};
  private double[] lastGradient = {};

  LbfgsReference(UnaryOperator<double[]> gradient, int historySize) {
    this.gradient = gradient;
    this.historySize = historySize;
  }

  /// Moves `w` a number of times.
  void step(double[] w, int count, double learningRate) {
    for (int i = 0; i < count; i++) {
      double[] g = gradient.apply(w);
      double rate = learningRate;
      if (begun) {
        remember(minus(g, lastGradient));
      } else {
        rate *= Math.min(1, 1 / (Math.abs(g[0]) + Math.abs(g[1]) + Math.abs(g[2])));
      }
      begun = true;
      double[][] h = inverseHessian();
      lastMove = new double[w.length];
      lastGradient = g;
      for (int k = 0; k < w.length; k++) {
        lastMove[k] = -rate * dot(h[k], g);
        w[k] += lastMove[k];
      }
    }
  }

  private void remember(double[] change) {
    if (dot(lastMove, change) > 1e-10) {
      moves.add(lastMove);
      changes.add(change);
      if (moves.size() > historySize) {
        moves.removeFirst();
        changes.removeFirst();
      }
    }
  }

  private double[][] inverseHessian() {
    double scale = 1;
    if (!moves.isEmpty()) {
      double[] y = changes.getLast();
      scale = dot(moves.getLast(), y) / dot(y, y);
    }
    double[][] h = {{scale, 0, 0}, {0, scale, 0}, {0, 0, scale}};
    for (int i = 0; i < moves.size(); i++) {
      h = updated(h, moves.get(i), changes.get(i));
    }
    return h;
  }

  private static double[][] updated(double[][] h, double[] s, double[] y) {
    int n = s.length;
    double ys = dot(s, y);
    double[][] v = new double[n][n];
    double[][] result = new double[n][n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        v[i][j] = (i == j ? 1 : 0) - s[i] * y[j] / ys;
      }
    }
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        result[i][j] = s[i] * s[j] / ys;
        for (int k = 0; k < n; k++) {
          result[i][j] += dot(v[i], h[k]) * v[j][k];
        }
      }
    }
    return result;
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }

  private static double[] minus(double[] a, double[] b) {
    double[] difference = a.clone();
    for (int i = 0; i < a.length; i++) {
      difference[i] -= b[i];
    }
    return difference;
  }
}
